import type { JobKind, NodeFailure, NodeResult } from '@flatrender/contracts/node'

/** A place in the queue: the first goes first, whoever waits in the others. */
export type FrameJobLane = 'preview' | 'interactive' | 'batch'

/** From the first to the last. */
export const lanesDown: readonly FrameJobLane[] = ['preview', 'interactive', 'batch']

/** Names a frame job: it belongs to the tenant that its inputs belong to. */
export interface FrameJobName {
  readonly tenantId: string
  readonly id: string
}

/** Work for a node that is to be queued. */
export interface NewFrameJob extends FrameJobName {
  readonly kind: JobKind
  /** On whose share the work counts, and the account within it. */
  readonly payer: FrameJobPayer
  /** Of kinds that one render alone waits for; null for others. */
  readonly renderJobId: string | null
  readonly lane: FrameJobLane
  /** Higher goes first within account and lane. */
  readonly priority: number
  /** What a node must run; null: any will do. */
  readonly engineBuild: string | null
  /** The template's content hash, SHA-256 in hexadecimal: a node that holds it is preferred. */
  readonly templateHash: string | null
  readonly neededMemoryBytes: number
  readonly frames: number
  /** Milliseconds of one worker, as learned. */
  readonly estimatedMs: number
  /** A NodeOrder in which every `url` and `put` is an `objectKey`. */
  readonly input: Readonly<Record<string, unknown>>
  /** How many want it. */
  readonly waiters: number
}

/** Who pays for a job. */
export interface FrameJobPayer {
  readonly tenantId: string
  readonly accountId: string
}

/** A frame job that has ended, for good, and how. */
export interface EndedFrameJob extends FrameJobName {
  readonly kind: JobKind
  readonly renderJobId: string | null
  /** Who had it last. */
  readonly nodeId: string | null
  readonly attempts: number
  readonly workedMs: number | null
  readonly input: Readonly<Record<string, unknown>>
  readonly outcome: FrameJobOutcome
}

/** How a frame job ended. `crash` is the id of the last crash record. */
export type FrameJobOutcome =
  | { readonly state: 'verified'; readonly result: NodeResult }
  | { readonly state: 'failed'; readonly failure: NodeFailure; readonly crash: string | null }
  | { readonly state: 'cancelled' }
