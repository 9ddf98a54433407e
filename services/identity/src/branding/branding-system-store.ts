import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'

/** Days that a proof outlives its record: name servers are moved, and people make mistakes. */
const MISSED_DAYS = 7

/** A proven domain, and what its record must say. */
export interface ProvenDomain {
  readonly tenantId: string
  readonly domain: string
  readonly token: string
}

/** The proven domains of all tenants. */
export async function findProvenDomains(transaction: SystemTransaction<Tables>): Promise<ProvenDomain[]> {
  return transaction
    .selectFrom('identity.tenant_branding')
    .select(['tenant_id as tenantId', 'domain', 'domain_token as token'])
    .where('domain_verified_at', 'is not', null)
    .orderBy('tenant_id')
    .$narrowType<{ domain: string; token: string }>()
    .execute()
}

/** A domain's record was looked for in vain; since when that is so stays. */
export async function updateDomainMissed(
  transaction: SystemTransaction<Tables>,
  { tenantId, domain }: ProvenDomain,
): Promise<void> {
  await transaction
    .updateTable('identity.tenant_branding')
    .set({ domain_missed_at: sql<Date>`now()` })
    .where('tenant_id', '=', tenantId)
    .where('domain', '=', domain)
    .where('domain_verified_at', 'is not', null)
    .where('domain_missed_at', 'is', null)
    .execute()
}

/**
 * Takes the proof off a domain whose record was missed a week ago and hasn't been seen since; false where it was, or is
 * another by now. While nobody looked, nothing was missed.
 */
export async function updateDomainLost(
  transaction: SystemTransaction<Tables>,
  { tenantId, domain }: ProvenDomain,
): Promise<boolean> {
  const row = await transaction
    .updateTable('identity.tenant_branding')
    .set({ domain_verified_at: null, domain_seen_at: null, domain_missed_at: null })
    .where('tenant_id', '=', tenantId)
    .where('domain', '=', domain)
    .where('domain_verified_at', 'is not', null)
    .where('domain_missed_at', '<', sql<Date>`now() - make_interval(days => ${MISSED_DAYS})`)
    .returning('tenant_id')
    .executeTakeFirst()
  return row !== undefined
}
