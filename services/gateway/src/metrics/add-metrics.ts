import { FlatRenderError } from '@flatrender/contracts/errors'
import { mayReadMetrics } from '@flatrender/platform/observe'
import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { GatewayDeps } from '../deps.ts'
import type { RequestLimiter } from '../limits/limit-requests.ts'
import type { RequestNotes } from '../request-notes.ts'

/** Seconds at which answers are told apart: from a kept one to one that somebody gives up on. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

/**
 * `/metrics` in Prometheus's text format, for this machine itself or whoever has the token.
 */
export function addMetrics(
  server: FastifyInstance,
  { config: { metricsToken }, writeMetrics }: Pick<GatewayDeps, 'config' | 'writeMetrics'>,
  notes: RequestNotes,
  limiter: RequestLimiter,
): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const labelNames = ['procedure', 'method', 'status'] as const
  const requests = new Counter({
    name: 'flatrender_requests_total',
    help: 'Requests answered',
    labelNames,
    registers,
  })
  const seconds = new Histogram({
    name: 'flatrender_request_seconds',
    help: 'From the arrival of a request to the end of its answer',
    labelNames: ['procedure'],
    buckets: BUCKETS,
    registers,
  })
  server.addHook('onResponse', async (request, reply) => {
    const procedure = notes(request).procedure ?? request.routeOptions.url ?? 'unknown'
    requests.inc({ procedure, method: request.method, status: reply.statusCode })
    seconds.observe({ procedure }, reply.elapsedTime / 1000)
  })
  const text = async () => [await registry.metrics(), await writeMetrics?.()].filter(Boolean).join('\n')
  server.get('/metrics', async (request, reply) => {
    if (!mayReadMetrics(request.raw, metricsToken)) {
      const { headers, refusal } = await limiter.countAddress('metrics', request.ip)
      reply.headers(headers)
      throw refusal ?? new FlatRenderError('ACCESS_UNPROVEN')
    }
    return reply.type(registry.contentType).send(await text())
  })
}
