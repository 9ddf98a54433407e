import { FlatRenderError } from '@flatrender/contracts/errors'
import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'
import { type TenantRow, tenantColumns } from './tenants-store.ts'

/** How a tenant stands. */
export interface Standing {
  /** Is it active, and all above it? */
  readonly active: boolean
  /** The tenants above, nearest first. */
  readonly above: string[]
  readonly language: string
}

/** How a tenant stands in the tree; undefined for none. */
export async function findStanding(
  transaction: SystemTransaction<Tables>,
  tenantId: string,
): Promise<Standing | undefined> {
  const { rows } = await sql<Standing>`
    with recursive line as (
      select id, parent_id, state, language, 0 as distance from identity.tenants where id = ${tenantId}
      union all
      select tenant.id, tenant.parent_id, tenant.state, tenant.language, line.distance + 1
      from identity.tenants as tenant join line on tenant.id = line.parent_id
    )
    select bool_and(state = 'active') as active,
      coalesce(array_agg(id::text order by distance) filter (where distance > 0), '{}') as above,
      min(language) filter (where distance = 0) as language
    from line having count(*) > 0`.execute(transaction)
  return rows[0]
}

/** How a tenant stands, if it and all above it are active. Errors: TENANT_UNKNOWN, TENANT_SUSPENDED. */
export async function assertTenantActive(
  transaction: SystemTransaction<Tables>,
  tenantId: string,
): Promise<Standing> {
  const standing = await findStanding(transaction, tenantId)
  if (standing === undefined) throw new FlatRenderError('TENANT_UNKNOWN', { tenant: tenantId })
  if (!standing.active) throw new FlatRenderError('TENANT_SUSPENDED')
  return standing
}

/** Adds a tenant below another; undefined where its slug is taken. */
export async function insertTenant(
  transaction: SystemTransaction<Tables>,
  tenant: {
    parentId: string
    kind: 'reseller' | 'customer'
    slug: string
    name: string
    language: string
  },
): Promise<TenantRow | undefined> {
  const { parentId, ...values } = tenant
  return transaction
    .insertInto('identity.tenants')
    .values({ ...values, parent_id: parentId })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returning(tenantColumns)
    .executeTakeFirst()
}

/** Is a tenant right below another? */
export async function isTenantBelow(
  transaction: SystemTransaction<Tables>,
  { id, parentId }: { id: string; parentId: string },
): Promise<boolean> {
  const row = await transaction
    .selectFrom('identity.tenants')
    .select('id')
    .where('id', '=', id)
    .where('parent_id', '=', parentId)
    .executeTakeFirst()
  return row !== undefined
}

/** Holds a tenant right below another until the end of the transaction. */
export async function lockTenantBelow(
  transaction: SystemTransaction<Tables>,
  { id, parentId }: { id: string; parentId: string },
): Promise<TenantRow | undefined> {
  return transaction
    .selectFrom('identity.tenants')
    .select(tenantColumns)
    .where('id', '=', id)
    .where('parent_id', '=', parentId)
    .forUpdate()
    .executeTakeFirst()
}

/** Suspends a tenant or lifts its suspension. */
export async function updateTenantState(
  transaction: SystemTransaction<Tables>,
  id: string,
  change: { state: 'suspended'; reason: string } | { state: 'active' },
): Promise<TenantRow> {
  const suspended = change.state === 'suspended'
  return transaction
    .updateTable('identity.tenants')
    .set({
      state: change.state,
      suspended_at: suspended ? sql<Date>`now()` : null,
      suspended_reason: suspended ? change.reason : null,
    })
    .where('id', '=', id)
    .returning(tenantColumns)
    .executeTakeFirstOrThrow()
}

/** The kind of a tenant; undefined for none. */
export async function findTenantKind(
  transaction: SystemTransaction<Tables>,
  id: string,
): Promise<TenantRow['kind'] | undefined> {
  const row = await transaction
    .selectFrom('identity.tenants')
    .select('kind')
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.kind
}
