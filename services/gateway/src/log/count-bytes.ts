import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'

/** Bytes of bodies, as they went so far. */
export interface CountedBytes {
  received: number
  sent: number
}

/** Node's own, of whatever arguments. */
type Write = (chunk: unknown, ...more: never[]) => unknown

/**
 * Counts what bodies really bring, whatever their heads announce: chunked ones announce nothing, and a client may leave in the
 * middle. Nothing flows through here, so nothing is held up.
 */
export function countBytes(server: FastifyInstance): (request: IncomingMessage) => CountedBytes {
  const counts = new WeakMap<IncomingMessage, CountedBytes>()
  server.server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const count = { received: 0, sent: 0 }
    counts.set(request, count)
    watch(request, 'push', (bytes) => {
      count.received += bytes
    })
    for (const method of ['write', 'end'] as const)
      watch(response, method, (bytes) => {
        count.sent += bytes
      })
  })
  return (request) => counts.get(request) ?? { received: 0, sent: 0 }
}

/** Tells the length of every chunk that a method is given. */
function watch<Method extends string>(
  object: Record<Method, unknown>,
  method: Method,
  tell: (bytes: number) => void,
): void {
  const own = object[method] as Write
  object[method] = ((chunk, ...more) => {
    if (typeof chunk === 'string') tell(Buffer.byteLength(chunk))
    else if (chunk instanceof Uint8Array) tell(chunk.length)
    return own.call(object, chunk, ...more)
  }) satisfies Write
}
