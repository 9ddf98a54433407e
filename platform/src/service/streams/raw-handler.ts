import type { Readable } from 'node:stream'
import type { Call, RawRoutes } from '@flatrender/contracts/call'

/** A request for a raw route, as its service hears it. */
export interface RawRequest {
  readonly method: string
  /** What stands behind the API's prefix, with its query, as it came. */
  readonly url: string
  /** In lower case; without what is between client and gateway alone, such as `authorization` and `host`. */
  readonly headers: Readonly<Record<string, string>>
  /** Nothing, of GET and HEAD. It fails when the client leaves, is too slow or sends too much. */
  readonly body: Readable
  /** The client has left, or broke a limit. */
  readonly signal: AbortSignal
}

/** How it is answered. A body that fails breaks the client's connection: half a file never looks like a whole one. */
export interface RawAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readable | null
}

/** Answers one raw route. */
export type RawHandler = (call: Call, request: RawRequest) => Promise<RawAnswer>

/** A service's raw routes as others ask them, by their names: by function or over HTTP. */
export type RawClient<Routes extends RawRoutes> = { readonly [Name in keyof Routes]: RawHandler }
