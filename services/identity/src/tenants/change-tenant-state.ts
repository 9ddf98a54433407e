import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { assertProven } from '../sessions/assert-proven.ts'
import { describeTenant } from './describe-tenant.ts'
import { lockTenantBelow, updateTenantState } from './tenants-system-store.ts'

/**
 * Suspends a tenant right below the one acted in, or lifts its suspension. One that stands so already, or is closed,
 * stays as it is. Errors: TENANT_UNKNOWN for any other, STEP_UP_REQUIRED for a suspension.
 */
export async function changeTenantState(
  identity: Identity,
  call: Call,
  id: string,
  change: { from: 'active'; state: 'suspended'; reason: string } | { from: 'suspended'; state: 'active' },
) {
  return identity.system.transact(async (transaction) => {
    if (change.state === 'suspended') await assertProven(transaction, call)
    const known = await lockTenantBelow(transaction, { id, parentId: call.actor.tenantId })
    if (known === undefined) throw new FlatRenderError('TENANT_UNKNOWN', { tenant: id })
    if (known.state !== change.from) return describeTenant(known)
    const row = await updateTenantState(transaction, id, change)
    const verb = change.state === 'suspended' ? 'suspended' : 'resumed'
    const act = {
      action: `tenant.${verb}`,
      subject: id,
      ...('reason' in change && { after: { reason: change.reason } }),
    }
    await writeAudit(transaction, call, act)
    await writeAudit(transaction, call, { ...act, tenantId: id })
    await identity.emit(transaction, {
      type: `identity.tenant.${verb}`,
      tenantId: id,
      subject: id,
      data: { tenantId: id },
    })
    return describeTenant(row)
  })
}
