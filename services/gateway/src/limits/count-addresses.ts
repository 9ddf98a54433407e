import { NODE_API_PREFIX } from '@flatrender/contracts/node'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { RequestNotes } from '../request-notes.ts'
import { API_PREFIX } from '../routing/api-prefix.ts'
import type { Approach, RequestLimiter } from './limit-requests.ts'

/** What looks whether we live may do so as often as it likes; who reads the numbers is counted where their token is wrong. */
const UNCOUNTED: ReadonlySet<string | undefined> = new Set(['/healthz', '/readyz', '/metrics'])

/**
 * Counts every request for its address before anything is read or looked up for it, whatever becomes of it: unknown routes,
 * other methods and bodies that are refused as well. A refused credential is left to `admitCallers`, which lets those by
 * that are right: guessers must not keep out who shares their address. A rightly signed address is not counted: that is
 * seen by itself. Errors: RATE_LIMITED.
 */
export function countAddresses(
  server: FastifyInstance,
  limiter: RequestLimiter,
  notes: RequestNotes,
  tellSigned: (request: FastifyRequest) => boolean,
): void {
  server.addHook('onRequest', async (request, reply) => {
    if (UNCOUNTED.has(request.routeOptions.url)) return
    const approach = approachOf(request)
    if (approach === 'visitor' && tellSigned(request)) {
      notes(request).signed = true
      return
    }
    const counted = await limiter.countAddress(approach, request.ip)
    notes(request).address = counted
    reply.headers(counted.headers)
    const isAdmitted = approach === 'credential' && isRouteOfApi(request)
    if (counted.refusal !== undefined && !isAdmitted) throw counted.refusal
  })
}

function approachOf(request: FastifyRequest): Approach {
  const { headers, method, routeOptions } = request
  if (method === 'OPTIONS' && headers.origin !== undefined) return 'preflight'
  if (routeOptions.url !== undefined && !isRouteOfApi(request)) return 'page'
  return headers.authorization === undefined || method === 'OPTIONS' ? 'visitor' : 'credential'
}

function isRouteOfApi({ routeOptions }: FastifyRequest): boolean {
  const { url = '' } = routeOptions
  return url.startsWith(API_PREFIX) || url.startsWith(NODE_API_PREFIX)
}
