import type { NodeDescription } from '@flatrender/contracts/node'
import type { RenderEngine } from '@flatrender/engine-render'
import type { NodeLog } from './node-log.ts'

/**
 * By a one-time token, which may be given again and is needed no more once the node is enrolled; or by whoever started it,
 * and is trusted by the server: asked at each start for the id of the node with this key (base64url).
 */
export type Enrolment =
  | { readonly token: string | undefined }
  | {
      readonly enrol: (
        publicKey: string,
        description: NodeDescription,
      ) => Promise<{ readonly nodeId: string }>
    }

/** A node, and the farm that it works for. */
export interface NodeOptions {
  /** Where the farm is, such as `https://video.example`. */
  readonly server: string
  /** How it enrols where it isn't enrolled yet. */
  readonly enrolment: Enrolment
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
