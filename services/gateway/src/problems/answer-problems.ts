import { FlatRenderError } from '@flatrender/contracts/errors'
import { expectFailure, normaliseError, type Problem, toProblem } from '@flatrender/platform/service'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { GatewayDeps } from '../deps.ts'
import type { RequestLimiter } from '../limits/limit-requests.ts'
import type { AllowOrigins } from '../origins/allow-origins.ts'
import type { RequestNotes } from '../request-notes.ts'
import { SECURITY_HEADERS } from '../security-headers.ts'

const TYPE = 'application/problem+json; charset=utf-8'

/** Answers every failure as a problem: those of our own code, of Fastify, and routes that don't exist. */
export function answerProblems(
  server: FastifyInstance,
  deps: GatewayDeps,
  origins: AllowOrigins,
  notes: RequestNotes,
): void {
  server.setErrorHandler(async (error, request, reply) => {
    const problem = prepareProblem(error, request, reply, deps, notes)
    await origins.answerRefusal(request, reply, problem.code)
    return reply.code(problem.status).send(problem)
  })
  server.setNotFoundHandler((request) => {
    throw unknownRoute(request)
  })
  // Whatever wrote it, JSON that tells of a failure is a problem.
  server.addHook('onSend', async (_request, reply) => {
    if (reply.statusCode >= 400 && String(reply.getHeader('content-type')).startsWith('application/json'))
      reply.header('content-type', TYPE)
  })
}

/** The problem for whatever was thrown, once it was reported if nobody expected it; sets the headers that go with it. */
export function prepareProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  { onError }: Pick<GatewayDeps, 'onError'>,
  notes: RequestNotes,
): Problem {
  const route = `${request.method} ${request.url.split('?', 1)[0]}`
  const known = expectFailure(normaliseError(error, [route]), route, request.routeOptions.bodyLimit)
  // Whoever left stopped what was done for them: that is their right, and nobody's bug.
  const left = reply.raw.destroyed && error instanceof Error && error.name === 'AbortError'
  if (known === undefined && !left) onError(error, { id: request.id, route })
  const failure = known ?? new FlatRenderError('REQUEST_FAILED', { requestId: request.id })
  notes(request).errorCode = failure.code
  const { retryAfter, seconds } = failure.data
  if (failure.code === 'RATE_LIMITED') reply.header('retry-after', String(retryAfter))
  if (failure.code === 'LOGIN_THROTTLED') reply.header('retry-after', String(seconds))
  return toProblem(failure, request.id)
}

/** ROUTE_UNKNOWN for this request. */
export function unknownRoute({ method, url }: FastifyRequest): FlatRenderError {
  return new FlatRenderError('ROUTE_UNKNOWN', { method, path: url.split('?', 1)[0] })
}

/** Answers a path that isn't text: Fastify meets it before any hook runs. It counts for its address, as all others do. */
export async function answerUnreadablePath(
  request: FastifyRequest,
  reply: FastifyReply,
  limiter: RequestLimiter,
): Promise<void> {
  const { headers, refusal } = await limiter.countAddress('visitor', request.ip)
  const reason = { procedure: request.method, issues: ['its path cannot be read'] }
  const problem = toProblem(refusal ?? new FlatRenderError('REQUEST_INVALID', reason), request.id)
  if (refusal !== undefined) reply.header('retry-after', String(refusal.data.retryAfter))
  reply
    .code(problem.status)
    .headers({ ...SECURITY_HEADERS, ...headers, 'x-request-id': request.id, 'content-type': TYPE })
    .send(JSON.stringify(problem))
}
