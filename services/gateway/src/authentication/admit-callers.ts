import type { AccessRule, Actor } from '@flatrender/contracts/call'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { assertAccess } from '@flatrender/platform/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { nearer, type RequestLimiter } from '../limits/limit-requests.ts'
import type { AllowOrigins } from '../origins/allow-origins.ts'
import type { RequestNotes } from '../request-notes.ts'
import { type Authentication, identifyCaller, isPlausible } from './identify-caller.ts'
import { nameTenant } from './name-tenant.ts'

/** Finds out who asks, and whether they may, before anything of the request's body is read. */
export type AdmitCaller = (request: FastifyRequest, reply: FastifyReply, rule: AccessRule) => Promise<Actor>

/**
 * Admits callers. Errors: TENANT_UNKNOWN, TENANT_SUSPENDED, ACCESS_TOKEN_INVALID, RATE_LIMITED, ACCESS_UNPROVEN,
 * ACCESS_FORBIDDEN, and whatever keeps the identity service from answering.
 */
export function admitCallers(
  authentication: Authentication,
  limiter: RequestLimiter,
  origins: AllowOrigins,
  notes: RequestNotes,
): AdmitCaller {
  return async (request, reply, rule) => {
    const { authorization } = request.headers
    const note = notes(request)
    const credentials = { authorization, address: request.ip }
    const actor = await (async () => {
      const refused = note.address?.refusal
      if (refused !== undefined && !(await isPlausible(authentication, credentials))) throw refused
      const tenant = await authentication.tenants.resolve(nameTenant(request))
      origins.answer(request, reply, tenant)
      return identifyCaller(authentication, credentials, tenant)
    })().catch(async (error: unknown) => {
      if (authorization !== undefined && !isRefusal(error)) await limiter.forgiveCredential(request.ip)
      throw error
    })
    if (authorization !== undefined) await limiter.forgiveCredential(request.ip)
    if (note.signed !== true) {
      const own = await limiter.countActor(actor)
      const { headers, refusal } =
        actor.kind === 'visitor' && note.address !== undefined ? nearer(note.address, own) : own
      reply.headers(headers)
      if (refusal !== undefined) throw refusal
    }
    note.actor = actor
    assertAccess({ actor }, rule)
    return actor
  }
}

/** Was it the client's fault? What goes wrong on our side counts against nobody. */
function isRefusal(error: unknown): boolean {
  return isFlatRenderError(
    error,
    'ACCESS_TOKEN_INVALID',
    'TENANT_UNKNOWN',
    'TENANT_SUSPENDED',
    'RATE_LIMITED',
  )
}
