import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { assertProven } from '../sessions/assert-proven.ts'
import { holdBranding, updateBranding } from './branding-store.ts'

/** Gives the tenant's domain up. Errors: DOMAIN_UNKNOWN where it has none, STEP_UP_REQUIRED. */
export async function removeDomain(identity: Identity, call: Call): Promise<Record<string, never>> {
  const { tenantId } = call.actor
  await identity.database.transact(call.actor, async (transaction) => {
    await assertProven(transaction, call)
    const { domain } = await holdBranding(transaction, tenantId)
    if (domain === null) throw new FlatRenderError('DOMAIN_UNKNOWN')
    await updateBranding(transaction, tenantId, {
      domain: null,
      domain_token: null,
      domain_verified_at: null,
      domain_seen_at: null,
      domain_missed_at: null,
    })
    await writeAudit(transaction, call, { action: 'domain.removed', subject: tenantId, before: { domain } })
  })
  return {}
}
