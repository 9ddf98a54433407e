import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { RequestNotes } from '../request-notes.ts'
import type { Approach, RequestLimiter } from './limit-requests.ts'

/** What looks whether we live may do so as often as it likes. */
const UNCOUNTED: ReadonlySet<string | undefined> = new Set(['/healthz', '/readyz'])

/**
 * Counts every request for its address before anything is read or looked up for it, whatever becomes of it: unknown routes,
 * other methods and bodies that are refused as well. Errors: RATE_LIMITED.
 */
export function countAddresses(server: FastifyInstance, limiter: RequestLimiter, notes: RequestNotes): void {
  server.addHook('onRequest', async (request, reply) => {
    if (UNCOUNTED.has(request.routeOptions.url)) return
    const counted = await limiter.countAddress(approachOf(request), request.ip)
    notes(request).address = counted
    reply.headers(counted.headers)
    if (counted.refusal !== undefined) throw counted.refusal
  })
}

function approachOf({ headers, method }: FastifyRequest): Approach {
  if (headers.authorization !== undefined) return 'credential'
  return method === 'OPTIONS' && headers.origin !== undefined ? 'preflight' : 'visitor'
}
