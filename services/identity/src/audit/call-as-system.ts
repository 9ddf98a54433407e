import type { Call } from '@flatrender/contracts/call'

/** The call of FlatRender itself in a tenant: of a job, or the first start. */
export function callAsSystem(tenantId: string, requestId = 'job'): Call {
  return {
    actor: { kind: 'system', id: null, tenantId, visibleTenants: [], permissions: [], sessionId: null },
    requestId,
    address: null,
    userAgent: null,
    idempotencyKey: null,
  }
}
