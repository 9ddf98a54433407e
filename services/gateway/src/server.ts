import { randomUUID } from 'node:crypto'
import { FlatRenderError } from '@flatrender/contracts/errors'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { GatewayDeps } from './deps.ts'
import { addHealth } from './health/add-health.ts'
import { logRequests } from './log/log-requests.ts'
import { addMetrics } from './metrics/add-metrics.ts'
import { addPages } from './pages/add-pages.ts'
import { answerBrokenRequest } from './problems/answer-broken-request.ts'
import { answerProblems, answerUnreadablePath } from './problems/answer-problems.ts'
import { holdsZero } from './problems/holds-zero.ts'
import { createRequestNotes } from './request-notes.ts'
import { addApi } from './routing/add-api.ts'
import { SECURITY_HEADERS } from './security-headers.ts'

/** The public door, not yet listening. */
export function createServer(deps: GatewayDeps): FastifyInstance {
  const { trustedProxies, bodyLimit, requestTimeout } = deps.config
  const server = fastify({
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    bodyLimit,
    requestTimeout,
    // Node looks for late requests only so often: half a minute unless told.
    http: { connectionsCheckingInterval: 1_000, requestTimeout, headersTimeout: requestTimeout },
    // Connections that idle would keep the process from ending; who waits for an answer gets it.
    forceCloseConnections: 'idle',
    genReqId: () => randomUUID(),
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (_error, request, reply) =>
      void answerUnreadablePath(request as FastifyRequest, reply as unknown as FastifyReply),
    logger: false,
  })
  server.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...SECURITY_HEADERS, 'x-request-id': request.id })
  })
  // JSON alone: what the API takes has no other form, and a form of another site can't send it.
  server.removeContentTypeParser('text/plain')
  const parseJson = server.getDefaultJsonParser('error', 'error')
  server.removeContentTypeParser('application/json')
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    // Programs say what their body is even where there is none.
    if (body === '') done(null, undefined)
    else parseJson(request, body as string, done)
  })
  server.addHook('preValidation', async ({ body, method, url }) => {
    if (holdsZero(body) || /%00/.test(url))
      throw new FlatRenderError('REQUEST_INVALID', {
        procedure: method,
        issues: ['no text may hold the character U+0000'],
      })
  })
  const notes = createRequestNotes()
  answerProblems(server, deps, notes)
  addHealth(server, deps)
  addPages(server, deps.version)
  addMetrics(server, deps.config, notes)
  logRequests(server, deps, notes)
  addApi(server, deps, notes)
  return server
}
