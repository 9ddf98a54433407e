import { randomUUID } from 'node:crypto'
import { type Call, DEFAULT_TENANT_ID } from '@flatrender/contracts/call'

/** The gateway's own call: it asks who somebody is before anybody is known. */
export function askAsSystem(): { context: Call } {
  return {
    context: {
      actor: {
        kind: 'system',
        id: null,
        tenantId: DEFAULT_TENANT_ID,
        visibleTenants: [],
        permissions: [],
        sessionId: null,
      },
      requestId: randomUUID(),
      address: null,
      userAgent: null,
      idempotencyKey: null,
    },
  }
}
