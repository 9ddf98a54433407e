import type { RenderEngine } from './engine.ts'
import type { NodeLog } from './node-log.ts'

/** A node, and the farm that it works for. */
export interface NodeOptions {
  /** Where the farm is, such as `https://video.example`. */
  readonly server: string
  /** One-time token to enrol with; it may be given again, and is needed no more once the node is enrolled. */
  readonly token?: string | undefined
  /** The node's folder: its key, its cache, what it is at. */
  readonly home: string
  /** Jobs at a time. */
  readonly workers: number
  /** Bytes that a worker may take. */
  readonly memory: number
  /** Bytes of inputs that are kept. */
  readonly cacheBytes: number
  /** Work only while nobody else uses the machine? */
  readonly onlyWhenIdle: boolean
  /** Seconds that a node which is closed lets its jobs go on before it gives them back. */
  readonly drainSeconds: number
  /** Opens what carries orders out, with a folder of its own. */
  readonly openEngine: (folder: string) => Promise<RenderEngine>
  /** Aborted while it starts: it gives up. */
  readonly signal: AbortSignal
  readonly log: NodeLog
}
