import type { Selectable, Updateable } from 'kysely'
import { sql } from 'kysely'
import type { AnyTransaction, Tables } from '../tables.ts'

const shown = [
  'domain',
  'domain_token',
  'domain_verified_at',
  'colors',
  'mail_sender_name',
  'mail_sender_address',
  'terms_url',
  'privacy_url',
  'support_url',
  'hides_platform',
  'allowed_origins',
] as const

/** A tenant's branding. */
export type BrandingRow = Pick<Selectable<Tables['identity.tenant_branding']>, (typeof shown)[number]>

/** What of a branding may be changed. */
export type BrandingChange = Omit<Updateable<Tables['identity.tenant_branding']>, 'tenant_id'>

/** A tenant's branding, held until the end of the transaction where it will be changed; undefined before its first change. */
export async function findBranding(
  transaction: AnyTransaction,
  tenantId: string,
  { lock = false } = {},
): Promise<BrandingRow | undefined> {
  return transaction
    .selectFrom('identity.tenant_branding')
    .select(shown)
    .where('tenant_id', '=', tenantId)
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst()
}

/** A tenant's branding, held until the end of the transaction. A tenant that has none gets an empty one. */
export async function holdBranding(transaction: AnyTransaction, tenantId: string): Promise<BrandingRow> {
  await transaction
    .insertInto('identity.tenant_branding')
    .values({ tenant_id: tenantId })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return (await findBranding(transaction, tenantId, { lock: true }))!
}

/** Changes what is named of a branding that is held. */
export async function updateBranding(
  transaction: AnyTransaction,
  tenantId: string,
  change: BrandingChange,
): Promise<BrandingRow> {
  return transaction
    .updateTable('identity.tenant_branding')
    .set({ ...change, tenant_id: tenantId })
    .where('tenant_id', '=', tenantId)
    .returning(shown)
    .executeTakeFirstOrThrow()
}

/** The domain's record was seen just now; undefined where the tenant has another domain or token by now. */
export async function updateDomainProven(
  transaction: AnyTransaction,
  { tenantId, domain, token }: { tenantId: string; domain: string; token: string },
): Promise<BrandingRow | undefined> {
  return transaction
    .updateTable('identity.tenant_branding')
    .set({
      domain_verified_at: sql<Date>`coalesce(domain_verified_at, now())`,
      domain_seen_at: sql<Date>`now()`,
      domain_missed_at: null,
    })
    .where('tenant_id', '=', tenantId)
    .where('domain', '=', domain)
    .where('domain_token', '=', token)
    .returning(shown)
    .executeTakeFirst()
}
