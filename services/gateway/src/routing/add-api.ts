import type { Actor, Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { normaliseError } from '@flatrender/platform/service'
import { OpenAPIHandler } from '@orpc/openapi/fastify'
import { ORPCError } from '@orpc/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { identifyCaller } from '../authentication/identify-caller.ts'
import { openAuthentication } from '../authentication/open-authentication.ts'
import type { GatewayDeps } from '../deps.ts'
import { openRequestLimiter } from '../limits/limit-requests.ts'
import { prepareProblem, unknownRoute } from '../problems/answer-problems.ts'
import type { RequestNotes } from '../request-notes.ts'
import { exposeServices } from './expose-services.ts'

/** The prefix of every route of the API. */
const API_PREFIX = '/api/v1'

/** Answers the API: finds out who asks, counts, and passes on to the services. */
export function addApi(server: FastifyInstance, deps: GatewayDeps, notes: RequestNotes): void {
  const identify = openIdentifier(deps)
  const handler = openHandler(deps, notes)
  server.all(`${API_PREFIX}/*`, async (request, reply) => {
    const actor = await identify(request, reply)
    notes(request).actor = actor
    const call: Call = {
      actor,
      requestId: request.id,
      address: request.ip,
      userAgent: request.headers['user-agent']?.slice(0, 500) ?? null,
      idempotencyKey: readIdempotencyKey(request),
    }
    if (!(await handler(request, reply, call))) throw unknownRoute(request)
    return reply
  })
}

/** Who sent a request, once it was counted; a wrong credential counts for its address. */
function openIdentifier(deps: GatewayDeps): (request: FastifyRequest, reply: FastifyReply) => Promise<Actor> {
  const authentication = openAuthentication(deps)
  const limiter = openRequestLimiter(deps.config)
  return async (request, reply) => {
    const { headers, ip, hostname } = request
    const slug = headers['x-tenant']
    const credentials = {
      authorization: headers.authorization,
      host: hostname || null,
      slug: typeof slug === 'string' && slug.length > 0 ? slug.slice(0, 63) : null,
      address: ip,
    }
    const actor = await identifyCaller(authentication, credentials).catch(async (error: unknown) => {
      reply.headers(await limiter.countFailure(ip))
      throw error
    })
    reply.headers(await limiter.count(actor, ip))
    return actor
  }
}

type Handler = (request: FastifyRequest, reply: FastifyReply, call: Call) => Promise<boolean>

function openHandler(deps: GatewayDeps, notes: RequestNotes): Handler {
  /** Failures are encoded where only the call is at hand. */
  const exchanges = new WeakMap<Call, { readonly request: FastifyRequest; readonly reply: FastifyReply }>()
  const handler = new OpenAPIHandler<Call>(exposeServices(deps), {
    clientInterceptors: [
      async ({ next, path, context }) => {
        const exchange = exchanges.get(context)
        if (exchange !== undefined) notes(exchange.request).procedure = path.join('.')
        try {
          return await next()
        } catch (error) {
          throw normaliseError(error, path)
        }
      },
    ],
    interceptors: [
      async ({ next, context }) => {
        try {
          return await next()
        } catch (error) {
          const exchange = exchanges.get(context)
          if (exchange === undefined) throw error
          const problem = prepareProblem(error, exchange.request, exchange.reply, deps, notes)
          throw new ORPCError(problem.code, { status: problem.status, data: problem })
        }
      },
    ],
    customErrorResponseBodyEncoder: (error) => error.data,
  })
  return async (request, reply, call) => {
    exchanges.set(call, { request, reply })
    const { matched } = await handler.handle(request, reply, { prefix: API_PREFIX, context: call })
    return matched
  }
}

/** Errors: REQUEST_INVALID for a key that is too long. */
function readIdempotencyKey({ headers, method }: FastifyRequest): string | null {
  const key = headers['idempotency-key']
  if (typeof key !== 'string' || key === '') return null
  if (key.length > 255)
    throw new FlatRenderError('REQUEST_INVALID', {
      procedure: method,
      issues: ['an Idempotency-Key has at most 255 characters'],
    })
  return key
}
