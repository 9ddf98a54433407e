import { type Call, DEFAULT_TENANT_ID } from './actor.ts'

/** A call of FlatRender's own in a tenant, which no request caused: of a job, a start, or before anybody is known. */
export function callAsSystem(
  tenantId: string = DEFAULT_TENANT_ID,
  requestId: string = crypto.randomUUID(),
): Call {
  return {
    actor: { kind: 'system', id: null, tenantId, visibleTenants: [], permissions: [], sessionId: null },
    requestId,
    address: null,
    userAgent: null,
    idempotencyKey: null,
  }
}

/** The same call on behalf of FlatRender itself: what a service needs of others, whoever asked need not be allowed. */
export function asSystem(call: Call): Call {
  const { actingTenantId: _acting, ...actor } = call.actor
  return {
    ...call,
    actor: { ...actor, kind: 'system', id: null, permissions: [], sessionId: null },
    idempotencyKey: null,
  }
}
