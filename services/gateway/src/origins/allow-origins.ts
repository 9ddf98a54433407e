import type { ErrorCode } from '@flatrender/contracts/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { nameTenant } from '../authentication/name-tenant.ts'
import type { ResolvedTenant, TenantDirectory } from '../authentication/tenant-directory.ts'
import { API_PREFIX } from '../routing/api-prefix.ts'

/** What pages may send, beside what they may anyhow. */
const REQUEST_HEADERS =
  'authorization, content-type, idempotency-key, if-match, if-none-match, if-range, last-event-id, range, traceparent, x-tenant'
/** What pages may read of an answer, beside its body. */
const ANSWER_HEADERS =
  'accept-ranges, content-disposition, content-length, content-range, etag, location, ratelimit, ratelimit-policy, retry-after, x-request-id'
/** Seconds that a browser remembers the answer to its question. */
const REMEMBERED = '600'
/** A tenant of which nothing is known. */
const NOBODY = { allowedOrigins: [] }

/** Tells browsers whose pages may call the API for a tenant (CORS). */
export interface AllowOrigins {
  /** To a tenant's answer: nothing where the page isn't one of its own. */
  answer(request: FastifyRequest, reply: FastifyReply, tenant: ResolvedTenant): void
  /** The same to a refusal that came before its tenant was known; for RATE_LIMITED it isn't looked up. */
  answerRefusal(request: FastifyRequest, reply: FastifyReply, code: ErrorCode): Promise<void>
  /** To a browser's question before a request; `methods` are those of the path. */
  preflight(request: FastifyRequest, reply: FastifyReply, methods: string): Promise<void>
}

/**
 * Opens it. Origins are exact, and never told to send cookies: who asks proves it by a token. A question doesn't say which
 * tenant `x-tenant` will name, so one that announces it is answered yes, and the answer itself is by tenant.
 */
export function openAllowOrigins(tenants: TenantDirectory): AllowOrigins {
  const allow = (
    request: FastifyRequest,
    reply: FastifyReply,
    { allowedOrigins }: Pick<ResolvedTenant, 'allowedOrigins'>,
  ) => {
    const { origin } = request.headers
    reply.header('vary', 'Origin')
    if (origin === undefined || !allowedOrigins.includes(origin)) return false
    reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': ANSWER_HEADERS })
    return true
  }
  return {
    answer: allow,
    async answerRefusal(request, reply, code) {
      if (!request.url.startsWith(API_PREFIX) || reply.hasHeader('vary')) return
      const { origin } = request.headers
      const named = nameTenant(request)
      const find = code === 'RATE_LIMITED' ? tenants.recall : tenants.resolve
      const tenant = origin === undefined ? undefined : await find(named).catch(() => undefined)
      allow(request, reply, tenant ?? NOBODY)
    },
    async preflight(request, reply, methods) {
      const { origin, 'access-control-request-headers': asked = '' } = request.headers
      reply.header('vary', 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers')
      if (origin === undefined || request.headers['access-control-request-method'] === undefined) return
      const tenant = await tenants.resolve(nameTenant(request))
      const unnamed = /(^|,)\s*x-tenant\s*(,|$)/i.test(asked) && !tenant.explicit
      if (!unnamed && !tenant.allowedOrigins.includes(origin)) return
      reply.headers({
        'access-control-allow-origin': origin,
        'access-control-allow-methods': methods,
        'access-control-allow-headers': REQUEST_HEADERS,
        'access-control-max-age': REMEMBERED,
      })
    },
  }
}
