import { type Call, DEFAULT_TENANT_ID } from '@flatrender/contracts/call'

/** The same call on behalf of FlatRender itself: what a render needs of other services, its owner need not be allowed. */
export function asSystem(call: Call): Call {
  const { actingTenantId: _acting, ...actor } = call.actor
  return {
    ...call,
    actor: { ...actor, kind: 'system', id: null, permissions: [], sessionId: null },
    idempotencyKey: null,
  }
}

/** A call of our own in a tenant, which no request caused. */
export function callAsSystem(tenantId: string = DEFAULT_TENANT_ID): Call {
  return {
    actor: { kind: 'system', id: null, tenantId, visibleTenants: [], permissions: [], sessionId: null },
    requestId: `render-${tenantId}`,
    address: null,
    userAgent: null,
    idempotencyKey: null,
  }
}
