import type { Page } from '@flatrender/contracts/call'
import type { TenantTransaction } from '@flatrender/platform/db'
import type { Selectable } from 'kysely'
import type { Tables } from '../tables.ts'

/** What of a tenant is shown. */
export const tenantColumns = ['id', 'parent_id', 'kind', 'slug', 'name', 'state', 'created_at'] as const

/** A tenant's row. */
export type TenantRow = Pick<Selectable<Tables['identity.tenants']>, (typeof tenantColumns)[number]>

/** How the tenant of the transaction presents itself to people. */
export async function findPresentation(
  transaction: TenantTransaction<Tables>,
  id: string,
): Promise<{ name: string; language: string }> {
  return transaction
    .selectFrom('identity.tenants')
    .select(['name', 'language'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

/** The tenant of the transaction and those right below it: its policy shows no others. */
export async function findTenants(
  transaction: TenantTransaction<Tables>,
  { cursor, limit }: Page,
): Promise<TenantRow[]> {
  return transaction
    .selectFrom('identity.tenants')
    .select(tenantColumns)
    .$if(cursor !== undefined, (query) => query.where('id', '>', cursor!))
    .orderBy('id')
    .limit(limit)
    .execute()
}
