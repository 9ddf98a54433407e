import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { findBranding, updateDomainProven } from './branding-store.ts'
import { describeDomain } from './describe-branding.ts'
import { lookUpRecord, nameRecord } from './domain-record.ts'

/**
 * Looks whether the domain's record is there; from then on the domain is the tenant's. A proof that was stays, whatever is
 * found. Errors: DOMAIN_UNKNOWN where none is set, DOMAIN_UNPROVEN, DOMAIN_UNANSWERED, DOMAIN_TAKEN.
 */
export async function proveDomain(identity: Identity, call: Call) {
  const { tenantId } = call.actor
  const known = await identity.database.transact(call.actor, (transaction) =>
    findBranding(transaction, tenantId),
  )
  const domain = known?.domain ?? null
  const token = known?.domain_token ?? null
  if (domain === null || token === null) throw new FlatRenderError('DOMAIN_UNKNOWN')
  // Name servers take their time: no transaction waits for them.
  const found = await lookUpRecord(identity.resolver, { domain, token })
  const record = nameRecord(domain)
  if (found === 'unknown') throw new FlatRenderError('DOMAIN_UNANSWERED', { record })
  if (found === 'absent') throw new FlatRenderError('DOMAIN_UNPROVEN', { record })
  const keep = () =>
    identity.database.transact(call.actor, async (transaction) => {
      const before = await findBranding(transaction, tenantId, { lock: true })
      const row = await updateDomainProven(transaction, { tenantId, domain, token })
      if (row === undefined) throw new FlatRenderError('DOMAIN_UNPROVEN', { record })
      if (before?.domain_verified_at === null) {
        await writeAudit(transaction, call, { action: 'domain.proven', subject: tenantId, after: { domain } })
        await identity.emit(transaction, {
          type: 'identity.domain.proven',
          tenantId,
          subject: tenantId,
          data: { tenantId, domain },
        })
      }
      return describeDomain(row)
    })
  return keep().catch((error: unknown) => {
    throw isTaken(error) ? new FlatRenderError('DOMAIN_TAKEN', { domain }, { cause: error }) : error
  })
}

/** Its index alone sees the domains of all tenants. */
function isTaken(error: unknown): boolean {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  return code === '23505' && constraint === 'tenant_branding__domain_once'
}
