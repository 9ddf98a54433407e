import type { AnyTransaction } from '../tables.ts'

/** Where pages of a tenant are, as origins: at its own domain, once that was proven, and those that it names. */
export async function findPages(
  transaction: AnyTransaction,
  tenantId: string,
): Promise<{ own: string | undefined; named: string[] }> {
  const row = await transaction
    .selectFrom('identity.tenant_branding')
    .select(['domain', 'domain_verified_at', 'allowed_origins'])
    .where('tenant_id', '=', tenantId)
    .executeTakeFirst()
  const proven = row !== undefined && row.domain !== null && row.domain_verified_at !== null
  return { own: proven ? `https://${row.domain}` : undefined, named: row?.allowed_origins ?? [] }
}

/** Origins whose pages may call the API for a tenant: all of those. */
export async function findAllowedOrigins(transaction: AnyTransaction, tenantId: string): Promise<string[]> {
  const { own, named } = await findPages(transaction, tenantId)
  return [...new Set(own === undefined ? named : [own, ...named])]
}
