import { randomBytes } from 'node:crypto'
import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { assertProven } from '../sessions/assert-proven.ts'
import { holdBranding, updateBranding } from './branding-store.ts'
import { describeDomain } from './describe-branding.ts'
import { nameDomain } from './name-domain.ts'

/**
 * Asks for a domain, and says which record proves it; the one before no longer counts. The same domain keeps record and
 * proof. Until the proof it keeps nobody from asking for it too. Errors: DOMAIN_INVALID, STEP_UP_REQUIRED.
 */
export async function setDomain(identity: Identity, call: Call, input: { domain: string }) {
  const { tenantId } = call.actor
  const domain = nameDomain(input.domain)
  if (domain === undefined) throw new FlatRenderError('DOMAIN_INVALID', { domain: input.domain })
  return identity.database.transact(call.actor, async (transaction) => {
    await assertProven(transaction, call)
    const before = await holdBranding(transaction, tenantId)
    if (before.domain === domain) return describeDomain(before)
    const row = await updateBranding(transaction, tenantId, {
      domain,
      domain_token: randomBytes(16).toString('base64url'),
      domain_verified_at: null,
      domain_seen_at: null,
      domain_missed_at: null,
    })
    await writeAudit(transaction, call, {
      action: 'domain.set',
      subject: tenantId,
      before: { domain: before.domain },
      after: { domain },
    })
    return describeDomain(row)
  })
}
