import type { NodeOrder, NodeResult } from '@flatrender/contracts/node'

/** The files of an order, as they lie on this machine. */
export interface OrderFiles {
  /** SHA-256 of each input → where it lies. */
  readonly inputs: ReadonlyMap<string, string>
  /** Where to leave what the order has put, in its sequence. */
  readonly outputs: readonly string[]
  /** For temporary files; who gave the order removes it. */
  readonly scratch: string
}

/** What carries orders out. */
export interface RenderEngine {
  readonly name: 'lottie'
  readonly build: string
  run(
    order: NodeOrder,
    files: OrderFiles,
    hearing: { readonly signal: AbortSignal; readonly onFrame: (done: number) => void },
  ): Promise<NodeResult>
  close(): Promise<void>
}
