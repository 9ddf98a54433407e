import type { Call } from '@flatrender/contracts/call'
import { normaliseError } from '@flatrender/platform/service'
import { OpenAPIHandler } from '@orpc/openapi/fastify'
import { ORPCError } from '@orpc/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { GatewayDeps } from '../deps.ts'
import { prepareProblem } from '../problems/answer-problems.ts'
import type { RequestNotes } from '../request-notes.ts'
import { API_PREFIX } from './api-prefix.ts'
import { exposeServices } from './expose-services.ts'
import type { ExposedServices } from './exposed-service.ts'

/** Passes a request on to its service and the service's answer back; false where no procedure takes it. */
export type PassOn = (request: FastifyRequest, reply: FastifyReply, call: Call) => Promise<boolean>

/** Opens the way to the services, whose routes are under a prefix. */
export function openPassOn(
  deps: GatewayDeps,
  services: ExposedServices,
  notes: RequestNotes,
  prefix: `/${string}` = API_PREFIX,
): PassOn {
  /** Failures are encoded where only the call is at hand. */
  const exchanges = new WeakMap<Call, { readonly request: FastifyRequest; readonly reply: FastifyReply }>()
  const handler = new OpenAPIHandler<Call>(exposeServices(services), {
    // HEAD is answered as GET; the server leaves the body out.
    rootInterceptors: [
      ({ next, ...options }) => {
        const { request } = options
        return next(
          request.method === 'HEAD' ? { ...options, request: { ...request, method: 'GET' } } : options,
        )
      },
    ],
    clientInterceptors: [
      async ({ next, path }) => {
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
    const { matched } = await handler.handle(request, reply, { prefix, context: call })
    return matched
  }
}
