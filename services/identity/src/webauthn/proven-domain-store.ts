import type { AnyTransaction } from '../tables.ts'

/** The tenant's own domain, once it was proven. */
export async function findProvenDomain(
  transaction: AnyTransaction,
  tenantId: string,
): Promise<string | undefined> {
  const row = await transaction
    .selectFrom('identity.tenant_branding')
    .select('domain')
    .where('tenant_id', '=', tenantId)
    .where('domain_verified_at', 'is not', null)
    .executeTakeFirst()
  return row?.domain ?? undefined
}
