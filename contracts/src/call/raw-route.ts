import type { AccessRule } from './procedure.ts'

/**
 * A route whose bodies are bytes on their way, not JSON: they are streamed through, and held by nobody. Who may ask stands
 * in it, as in a procedure.
 */
export interface RawRoute {
  /** HEAD is answered where GET is. */
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Such as `/files/signed/*`, where the star is the rest of the path. */
  readonly path: string
  readonly access: AccessRule
  /** Bytes of a request's body, at most. */
  readonly bodyLimit: number
  /** Seconds that a client may leave a body waiting, its own or ours, before it is let go. */
  readonly idleSeconds: number
}

/** A service's raw routes by their names. */
export type RawRoutes = Readonly<Record<string, RawRoute>>
