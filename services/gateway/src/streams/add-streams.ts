import { FlatRenderError } from '@flatrender/contracts/errors'
import { readTrace } from '@flatrender/platform/observe'
import { letGo, type RawHandler } from '@flatrender/platform/service'
import type { FastifyInstance } from 'fastify'
import type { GatewayDeps } from '../deps.ts'
import type { ArrivalClock } from '../limits/bound-arrival.ts'
import { prepareProblem } from '../problems/answer-problems.ts'
import type { ApiParts } from '../routing/add-api.ts'
import { API_PREFIX } from '../routing/api-prefix.ts'
import { describeCall, describeRequest } from '../routing/describe-request.ts'
import type { ExposedStreams } from './exposed-streams.ts'
import { passStream } from './pass-stream.ts'

/** What raw routes stand on beside what all routes do. */
export interface StreamParts extends Pick<ApiParts, 'admit' | 'gentle' | 'notes'> {
  readonly streams: ExposedStreams
  readonly clock: ArrivalClock
}

/**
 * A route for each raw route that is shown: who asks is found out as for any other, then bodies pass through both ways.
 * Errors, beside those of admission and the service: REQUEST_TOO_LARGE, REQUEST_LATE.
 */
export function addStreams(
  server: FastifyInstance,
  deps: GatewayDeps,
  { streams, clock, admit, gentle, notes }: StreamParts,
): void {
  const shown = Object.entries(streams).flatMap(([service, { routes, client }]) =>
    Object.entries(routes).map(([name, route]) => ({
      name: `${service}.${name}`,
      route,
      handler: client[name] as RawHandler,
    })),
  )
  server.register(async (raw) => {
    raw.removeAllContentTypeParsers()
    raw.addContentTypeParser('*', (_request, _body, done) => done(null))
    for (const { name, route, handler } of shown)
      raw.route({
        method: route.method === 'GET' ? ['GET', 'HEAD'] : route.method,
        url: `${API_PREFIX}${route.path}`,
        exposeHeadRoute: false,
        onRequest: async (request, reply) => {
          notes(request).procedure = name
          letGo(request.raw, reply.raw)
          await admit(request, reply, route.access)
          if (Number(request.headers['content-length'] ?? 0) > route.bodyLimit)
            throw new FlatRenderError('REQUEST_TOO_LARGE', { limit: route.bodyLimit })
        },
        handler: async (request, reply) => {
          const { actor } = notes(request)
          if (actor === undefined) throw new Error(`nobody was admitted to ${name}`)
          clock.release(request.raw)
          const tell = (error: unknown) => prepareProblem(error, request, reply, deps, notes)
          const pass = (trace = readTrace(request.headers.traceparent)) => {
            const call = { ...describeCall(request, actor), ...(trace !== undefined && { trace }) }
            return passStream({ request, reply, route, handler, call, gentle, tell })
          }
          const work = describeRequest(request, actor, name, notes)
          await (deps.observe === undefined ? pass() : deps.observe(work, pass))
          return reply
        },
      })
  })
}
