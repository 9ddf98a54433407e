import type { TenantTransaction } from '@flatrender/platform/db'
import type { Selectable } from 'kysely'
import type { Tables } from '../tables.ts'

const columns = [
  'id',
  'key',
  'kind',
  'name',
  'issuer',
  'client_id',
  'sealed_client_secret',
  'scopes',
  'trusts_email',
  'redirect_uris',
  'state',
  'created_at',
] as const

/** A login provider's row. */
export type ProviderRow = Pick<Selectable<Tables['identity.oauth_providers']>, (typeof columns)[number]>

/** Names a provider: by its id, or by its key among those that are active. */
export type ProviderName = { readonly tenantId: string } & (
  | { readonly id: string }
  | { readonly activeKey: string }
)

/** What of a provider may change; what is absent stays. */
export interface ProviderChange {
  readonly name?: string | undefined
  readonly client_id?: string | undefined
  readonly sealed_client_secret?: Buffer | null | undefined
  readonly scopes?: string[] | undefined
  readonly trusts_email?: boolean | undefined
  readonly redirect_uris?: string[] | undefined
  readonly state?: 'active' | 'paused' | undefined
}

/** Adds a provider; undefined where its key is taken. */
export async function insertProvider(
  transaction: TenantTransaction<Tables>,
  tenantId: string,
  provider: Omit<ProviderRow, 'id' | 'state' | 'created_at'>,
): Promise<ProviderRow | undefined> {
  return transaction
    .insertInto('identity.oauth_providers')
    .values({ ...provider, tenant_id: tenantId })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'key']).doNothing())
    .returning(columns)
    .executeTakeFirst()
}

/** The providers of a tenant, the oldest first. */
export async function findProviders(
  transaction: TenantTransaction<Tables>,
  tenantId: string,
): Promise<ProviderRow[]> {
  return transaction
    .selectFrom('identity.oauth_providers')
    .select(columns)
    .where('tenant_id', '=', tenantId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

/** A provider. `hold` keeps its row until the end of the transaction: from those who change it too, or who link accounts to it. */
export async function findProvider(
  transaction: TenantTransaction<Tables>,
  name: ProviderName,
  hold?: 'to change' | 'to remove',
): Promise<ProviderRow | undefined> {
  return transaction
    .selectFrom('identity.oauth_providers')
    .select(columns)
    .where('tenant_id', '=', name.tenantId)
    .$if('id' in name, (query) => query.where('id', '=', 'id' in name ? name.id : ''))
    .$if('activeKey' in name, (query) =>
      query.where('key', '=', 'activeKey' in name ? name.activeKey : '').where('state', '=', 'active'),
    )
    .$if(hold === 'to change', (query) => query.forNoKeyUpdate())
    .$if(hold === 'to remove', (query) => query.forUpdate())
    .executeTakeFirst()
}

/** Changes what is given of a provider. */
export async function updateProvider(
  transaction: TenantTransaction<Tables>,
  { tenantId, id }: { tenantId: string; id: string },
  change: ProviderChange,
): Promise<ProviderRow> {
  return transaction
    .updateTable('identity.oauth_providers')
    .set(change)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow()
}

/** Removes a provider by which nobody logs in. */
export async function deleteProvider(
  transaction: TenantTransaction<Tables>,
  { tenantId, id }: { tenantId: string; id: string },
): Promise<void> {
  await transaction
    .deleteFrom('identity.oauth_providers')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
