import type { FastifyRequest } from 'fastify'
import type { IsSigned } from '../deps.ts'
import { API_PREFIX } from '../routing/api-prefix.ts'
import type { ExposedStreams } from './exposed-streams.ts'

/** Tells whether a request's address is rightly signed; no other route's is. */
export function openTellSigned(streams: ExposedStreams): (request: FastifyRequest) => boolean {
  const signed = new Map<string, IsSigned | undefined>(
    Object.values(streams).flatMap(({ routes, isSigned }) =>
      Object.values(routes).map(({ path }) => [`${API_PREFIX}${path}`, isSigned] as const),
    ),
  )
  return ({ method, raw, routeOptions }) => {
    const isSigned = signed.get(routeOptions.url ?? '')
    return isSigned?.({ method, url: raw.url?.slice(API_PREFIX.length) ?? '' }) ?? false
  }
}
