import type { ErrorData } from '@flatrender/contracts/errors'
import type { NodeDescription } from '@flatrender/contracts/node'

/** What a node of the server's own is started with. */
export interface LocalNodeSettings {
  /** Where the server's gateway listens. */
  readonly server: string
  readonly home: string
  readonly workers: number
  /** Bytes that a worker may take. */
  readonly memory: number
  /** Milliseconds without a sign of life after which a worker counts as stuck. */
  readonly silence: number
  readonly cacheBytes: number
  readonly drainSeconds: number
}

/** From the server to its node. */
export type ToNode =
  | { readonly type: 'start'; readonly settings: LocalNodeSettings }
  | { readonly type: 'enrolled'; readonly nodeId: string }
  /** With the error's code, where it is one of ours. */
  | { readonly type: 'not enrolled'; readonly code: string | undefined; readonly data: ErrorData }
  | { readonly type: 'close' }

/** From the node to its server. */
export type FromNode =
  | { readonly type: 'enrol'; readonly publicKey: string; readonly description: NodeDescription }
  | { readonly type: 'started'; readonly name: string }
  | { readonly type: 'said'; readonly level: 'info' | 'warn'; readonly words: string }
