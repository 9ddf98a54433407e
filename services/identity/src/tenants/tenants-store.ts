import type { TenantTransaction } from '@flatrender/platform/db'
import type { Selectable } from 'kysely'
import type { Tables } from '../tables.ts'

/** What of a tenant is shown. */
export const tenantColumns = ['id', 'parent_id', 'kind', 'slug', 'name', 'state', 'created_at'] as const

/** A tenant's row. */
export type TenantRow = Pick<Selectable<Tables['identity.tenants']>, (typeof tenantColumns)[number]>

/** The name of the tenant of the transaction. */
export async function findTenantName(transaction: TenantTransaction<Tables>, id: string): Promise<string> {
  const row = await transaction
    .selectFrom('identity.tenants')
    .select('name')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return row.name
}

/** The tenant of the transaction and those right below it: its policy shows no others. */
export async function findTenants(transaction: TenantTransaction<Tables>): Promise<TenantRow[]> {
  return transaction
    .selectFrom('identity.tenants')
    .select(tenantColumns)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}
