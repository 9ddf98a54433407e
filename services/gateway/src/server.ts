import { randomUUID } from 'node:crypto'
import { METHODS } from 'node:http'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { closeGently } from '@flatrender/platform/service'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { admitCallers } from './authentication/admit-callers.ts'
import { openAuthentication } from './authentication/open-authentication.ts'
import type { GatewayDeps } from './deps.ts'
import { addHealth } from './health/add-health.ts'
import { boundArrival } from './limits/bound-arrival.ts'
import { countAddresses } from './limits/count-addresses.ts'
import { openRequestLimiter } from './limits/limit-requests.ts'
import { logRequests } from './log/log-requests.ts'
import { warnOfProxy } from './log/warn-of-proxy.ts'
import { addMetrics } from './metrics/add-metrics.ts'
import { addNodes } from './nodes/add-nodes.ts'
import { openAllowOrigins } from './origins/allow-origins.ts'
import { addPages } from './pages/add-pages.ts'
import { endWithProblem, openBrokenRequestAnswer } from './problems/answer-broken-request.ts'
import { answerProblems, answerUnreadablePath } from './problems/answer-problems.ts'
import { refuseUnreadable } from './problems/refuse-unreadable.ts'
import { takeExpectations } from './problems/take-expectations.ts'
import { addPublicKeys } from './public-keys/add-public-keys.ts'
import { createRequestNotes } from './request-notes.ts'
import { addApi } from './routing/add-api.ts'
import { type ExposedServices, listServices } from './routing/exposed-service.ts'
import { answerOptions, refuseUnknownRoutes, watchRoutes } from './routing/known-routes.ts'
import { openPassOn } from './routing/pass-on.ts'
import { SECURITY_HEADERS } from './security-headers.ts'
import { addStreams } from './streams/add-streams.ts'
import { type ExposedStreams, listStreams } from './streams/exposed-streams.ts'
import { openTellSigned } from './streams/tell-signed.ts'
import { takeJsonAlone } from './take-json-alone.ts'

/** The public door, not yet listening. */
export interface PublicServer {
  readonly server: FastifyInstance
  /** Takes no more requests, ends when those under way have been answered and written down. */
  close(): Promise<void>
}

/** Builds the public door to these services: a request passes what is added here in the order in which it is. */
export function createServer(
  deps: GatewayDeps,
  services: ExposedServices = listServices(deps),
  streams: ExposedStreams = listStreams(deps),
): PublicServer {
  const limiter = openRequestLimiter(deps.config)
  const server = openFastify(deps, limiter)
  const gentle = closeGently(server, deps.config.requestTimeout)
  const clock = boundArrival(server, deps.config.requestTimeout)
  server.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...SECURITY_HEADERS, 'x-request-id': request.id })
  })
  const notes = createRequestNotes()
  const authentication = openAuthentication(deps)
  const origins = openAllowOrigins(authentication.tenants)
  const routes = watchRoutes(server)
  if (deps.warn !== undefined) warnOfProxy(server, deps.warn)
  countAddresses(server, limiter, notes, openTellSigned(streams))
  refuseUnreadable(server)
  refuseUnknownRoutes(server, routes)
  takeExpectations(server)
  takeJsonAlone(server)
  answerProblems(server, deps, origins, notes)
  addHealth(server, deps)
  addPages(server, deps.version)
  addPublicKeys(server, deps)
  addMetrics(server, deps, notes, limiter)
  const log = logRequests(server, deps, notes)
  const admit = admitCallers(authentication, limiter, origins, notes)
  addApi(server, {
    services,
    admit,
    passOn: openPassOn(deps, services, notes),
    gentle,
    notes,
    observe: deps.observe,
  })
  addNodes(server, deps, { limiter, gentle, notes })
  addStreams(server, deps, { streams, clock, admit, gentle, notes })
  server.after(() => answerOptions(server, routes, origins))
  return {
    server,
    async close() {
      await gentle.close()
      await log.close()
    },
  }
}

function openFastify(
  { config }: GatewayDeps,
  limiter: ReturnType<typeof openRequestLimiter>,
): FastifyInstance {
  const { trustedProxies, bodyLimit, requestTimeout } = config
  const server = fastify({
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    bodyLimit,
    http: {
      // Node looks for late heads only so often: half a minute unless told.
      connectionsCheckingInterval: 1_000,
      // Of whole requests; `boundArrival` bounds those that have no time of their own.
      requestTimeout: 0,
      headersTimeout: requestTimeout,
      // Node's own refusal has no body.
      requireHostHeader: false,
    },
    // Connections that idle would keep the process from ending; who waits for an answer gets it.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    genReqId: () => randomUUID(),
    clientErrorHandler: openBrokenRequestAnswer(requestTimeout / 1000),
    frameworkErrors: (_error, request, reply) =>
      void answerUnreadablePath(request as FastifyRequest, reply as unknown as FastifyReply, limiter),
    logger: false,
  })
  for (const method of METHODS) if (!server.supportedMethods.includes(method)) server.addHttpMethod(method)
  server.server.on('connect', ({ url = '' }, socket) =>
    endWithProblem(
      socket,
      new FlatRenderError('METHOD_UNKNOWN', { method: 'CONNECT', path: url, allowed: 'no tunnel' }),
      '\r\nallow:',
    ),
  )
  return server
}
