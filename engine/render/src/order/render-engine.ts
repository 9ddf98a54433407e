import type { NodeFailure, NodeOrder, NodeResult } from '@flatrender/contracts/node'

/** The files of an order, as they lie on this machine. */
export interface OrderFiles {
  /** SHA-256 of each input → where it lies. */
  readonly inputs: ReadonlyMap<string, string>
  /** Where to leave what the order has put, in its sequence: a file for each segment, or the one file of other orders. */
  readonly outputs: readonly string[]
  /** For temporary files; who gave the order removes it. */
  readonly scratch: string
}

/** Who hears how an order goes on, and ends it. */
export interface OrderHearing {
  readonly signal: AbortSignal
  /** Hears how many of the order's frames are done. */
  readonly onFrame: (done: number) => void
}

/** What carries orders out. Two sides, orders and reports: another engine fits in behind it. */
export interface RenderEngine {
  readonly name: 'lottie'
  /** Names the code and libraries that decide a bit. */
  readonly build: string
  /** Errors: OrderFailure, which says what to report; RENDER_CANCELLED when the signal is aborted. */
  run(order: NodeOrder, files: OrderFiles, hearing: OrderHearing): Promise<NodeResult>
  close(): Promise<void>
}

/** An order that could not be carried out. */
export class OrderFailure extends Error {
  readonly failure: NodeFailure

  constructor(failure: NodeFailure, cause: unknown) {
    super(cause instanceof Error ? cause.message : failure.code, { cause })
    this.name = 'OrderFailure'
    this.failure = failure
  }
}
