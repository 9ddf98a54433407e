import type { TenantTransaction } from '@flatrender/platform/db'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { AnyTransaction, Tables } from '../tables.ts'
import type { AccountName } from './hold-account.ts'
import { holdsMetadata, type MetadataFilter } from './metadata-filter.ts'
import type { RenderName } from './render-name.ts'
import { type Sight, seesRow } from './sight.ts'

/** A render's row. */
export type RenderRow = Selectable<Tables['render.render_jobs']>
/** One that is to be made. */
export type NewRender = Insertable<Tables['render.render_jobs']> & { readonly id: string }

/** Which renders are meant. */
export interface RenderFilter {
  readonly state?: RenderRow['state'] | undefined
  readonly templateId?: string | undefined
  readonly metadata?: MetadataFilter | undefined
  /** The last id of the page before. */
  readonly cursor?: string | undefined
}

/** An id for a render that has no row yet: credits are reserved under it first. */
export async function nameRender(transaction: AnyTransaction): Promise<string> {
  const { rows } = await sql<{ id: string }>`select platform.uuid_v7() as id`.execute(transaction)
  return rows[0]!.id
}

/** Writes a render down. */
export async function insertRender(
  transaction: TenantTransaction<Tables>,
  row: NewRender,
): Promise<RenderRow> {
  return transaction
    .insertInto('render.render_jobs')
    .values({ ...row, preparing_at: row.state === 'preparing' ? sql`now()` : null })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** A render by its id. */
export async function findRender(
  transaction: AnyTransaction,
  { tenantId, renderId }: RenderName,
): Promise<RenderRow | undefined> {
  return transaction
    .selectFrom('render.render_jobs')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', renderId)
    .executeTakeFirst()
}

/** A page of a tenant's renders, as far as they are in sight, the newest first. */
export async function findRenders(
  transaction: TenantTransaction<Tables>,
  tenantId: string,
  sight: Sight,
  { state, templateId, metadata, cursor, limit }: RenderFilter & { limit: number },
): Promise<RenderRow[]> {
  let found = transaction
    .selectFrom('render.render_jobs')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where(seesRow(sight))
  if (state !== undefined) found = found.where('state', '=', state)
  if (templateId !== undefined) found = found.where('template_id', '=', templateId)
  if (metadata !== undefined) found = found.where(holdsMetadata(metadata))
  if (cursor !== undefined)
    found = found.where(
      sql<boolean>`(created_at, id) < (
        select last.created_at, last.id from render.render_jobs as last
        where last.tenant_id = ${tenantId} and last.id = ${cursor}
      )`,
    )
  return found.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

/** How many renders of an account are not done yet. */
export async function countOpen(
  transaction: AnyTransaction,
  { tenantId, accountId }: AccountName,
): Promise<number> {
  const { open } = await transaction
    .selectFrom('render.render_jobs')
    .select(sql<number>`count(*)::int`.as('open'))
    .where('tenant_id', '=', tenantId)
    .where('account_id', '=', accountId)
    .where('state', 'in', ['queued', 'preparing', 'rendering', 'assembling'])
    .executeTakeFirstOrThrow()
  return open
}
