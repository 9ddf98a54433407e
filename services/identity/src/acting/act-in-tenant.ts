import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { ACCESS_TOKEN_SECONDS } from '@flatrender/contracts/identity'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { assertProven } from '../sessions/assert-proven.ts'
import { openActiveKey } from '../signing-keys/signing-keys-system-store.ts'
import { findStanding } from '../tenants/tenants-system-store.ts'
import { boundPermissions } from './acting-permissions.ts'
import { signActing } from './acting-token.ts'

/**
 * Switches into a tenant below the one acted in, however far: gives a token that acts there for ten minutes, and can't be
 * refreshed. It stands in the books of both. Errors: TENANT_UNKNOWN for any other tenant, TENANT_SUSPENDED,
 * STEP_UP_REQUIRED, ACCESS_UNPROVEN for whoever is neither a user nor a key.
 */
export async function actInTenant(identity: Identity, call: Call, { id: tenantId }: { id: string }) {
  const { id: sub, kind, tenantId: acting, sessionId: session, permissions } = call.actor
  if (sub === null || (kind !== 'user' && kind !== 'key')) throw new FlatRenderError('ACCESS_UNPROVEN')
  return identity.system.transact(async (transaction) => {
    await assertProven(transaction, call)
    const standing = await findStanding(transaction, tenantId)
    if (!standing?.above.includes(acting)) throw new FlatRenderError('TENANT_UNKNOWN', { tenant: tenantId })
    if (!standing.active) throw new FlatRenderError('TENANT_SUSPENDED')
    const key = await openActiveKey(transaction, identity.secretKeys)
    const accessToken = await signActing(key, { sub, kind, tenant: tenantId, acting, session })
    const act = { action: 'tenant.entered', subject: tenantId }
    await writeAudit(transaction, call, act)
    await writeAudit(transaction, call, { ...act, tenantId })
    await identity.emit(transaction, {
      type: 'identity.tenant.entered',
      tenantId,
      subject: tenantId,
      data: { tenantId, actingTenantId: acting, actorId: sub },
    })
    const allowed = boundPermissions(permissions)
    return { accessToken, expiresIn: ACCESS_TOKEN_SECONDS, tenantId, permissions: allowed }
  })
}
