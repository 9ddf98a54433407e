import type { BatchTally } from '@flatrender/contracts/render'
import type { TenantTransaction } from '@flatrender/platform/db'
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { AccountName } from '../renders/hold-account.ts'
import { holdsMetadata, type MetadataFilter } from '../renders/metadata-filter.ts'
import { type Sight, seesRow } from '../renders/sight.ts'
import type { AnyTransaction, Tables } from '../tables.ts'
import type { BatchName } from './batch-name.ts'
import { batchStatesBefore, isOver } from './batch-state.ts'

/** A batch as it is kept. */
export type KeptBatch = Selectable<Tables['render.batches']>

/** Which batches are meant. */
export interface BatchFilter {
  readonly state?: KeptBatch['state'] | undefined
  readonly templateId?: string | undefined
  readonly metadata?: MetadataFilter | undefined
  /** The last id of the page before. */
  readonly cursor?: string | undefined
}

/** Writes a batch down. */
export async function insertBatch(
  transaction: TenantTransaction<Tables>,
  batch: Insertable<Tables['render.batches']>,
): Promise<KeptBatch> {
  return transaction.insertInto('render.batches').values(batch).returningAll().executeTakeFirstOrThrow()
}

/** A batch by its id. */
export async function findBatch(
  transaction: AnyTransaction,
  { tenantId, batchId }: BatchName,
): Promise<KeptBatch | undefined> {
  return transaction
    .selectFrom('render.batches')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', batchId)
    .executeTakeFirst()
}

/** The same, held until the transaction ends. Whoever makes a render of a row of it is not kept from that. */
export async function holdBatch(
  transaction: AnyTransaction,
  { tenantId, batchId }: BatchName,
): Promise<KeptBatch | undefined> {
  return transaction
    .selectFrom('render.batches')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', batchId)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/** A page of a tenant's batches, as far as they are in sight, the newest first. */
export async function findBatches(
  transaction: TenantTransaction<Tables>,
  tenantId: string,
  sight: Sight,
  { state, templateId, metadata, cursor, limit }: BatchFilter & { limit: number },
): Promise<KeptBatch[]> {
  let found = transaction
    .selectFrom('render.batches')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where(seesRow(sight))
  if (state !== undefined) found = found.where('state', '=', state)
  if (templateId !== undefined) found = found.where('template_id', '=', templateId)
  if (metadata !== undefined) found = found.where(holdsMetadata(metadata))
  if (cursor !== undefined)
    found = found.where(
      sql<boolean>`(created_at, id) < (
        select last.created_at, last.id from render.batches as last
        where last.tenant_id = ${tenantId} and last.id = ${cursor}
      )`,
    )
  return found.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

/** How many batches of an account are not over. */
export async function countOpenBatches(
  transaction: AnyTransaction,
  { tenantId, accountId }: AccountName,
): Promise<number> {
  const { open } = await transaction
    .selectFrom('render.batches')
    .select(sql<number>`count(*)::int`.as('open'))
    .where('tenant_id', '=', tenantId)
    .where('account_id', '=', accountId)
    .where('state', 'in', ['examining', 'placing', 'running', 'cancelling'])
    .executeTakeFirstOrThrow()
  return open
}

/** Brings a batch into a state, with what belongs to it; undefined where it can't come there from where it is. */
export async function moveBatch(
  transaction: AnyTransaction,
  { tenantId, batchId }: BatchName,
  state: KeptBatch['state'],
  more: Updateable<Tables['render.batches']> = {},
): Promise<KeptBatch | undefined> {
  return transaction
    .updateTable('render.batches')
    .set({ ...more, state, ...(isOver(state) && { finished_at: sql<Date>`now()` }) })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', batchId)
    .where('state', 'in', batchStatesBefore(state))
    .returningAll()
    .executeTakeFirst()
}

interface TallyRow {
  readonly batch_id: string
  readonly counts: Readonly<Record<string, number>>
  readonly accepted: number
  readonly frames: BatchTally['frames']
  readonly credits: BatchTally['credits']
}

/** What has become of the rows of batches so far, by their ids. */
export async function tallyBatches(
  transaction: AnyTransaction,
  tenantId: string,
  batchIds: readonly string[],
): Promise<ReadonlyMap<string, BatchTally>> {
  if (batchIds.length === 0) return new Map()
  const { rows } = await sql<TallyRow>`
    select batch_id, jsonb_object_agg(state, count) as counts, sum(taken)::int as accepted,
      jsonb_build_object('total', sum(total), 'done', sum(done), 'cached', sum(cached)) as frames,
      jsonb_build_object('reserved', sum(reserved), 'settled', sum(settled)) as credits
    from (
      select line.batch_id, coalesce(job.state, line.state) as state, count(*)::int as count, count(job.id) as taken,
        coalesce(sum(frames_total), 0) as total, coalesce(sum(frames_done), 0) as done,
        coalesce(sum(frames_cached), 0) as cached,
        coalesce(sum(credits_reserved) filter (where job.finished_at is null), 0) as reserved,
        coalesce(sum(credits_settled), 0) as settled
      from render.batch_rows as line left join render.render_jobs as job
        on job.tenant_id = line.tenant_id and job.batch_id = line.batch_id and job.batch_row = line.row
      where line.tenant_id = ${tenantId} and line.batch_id = any (${sql.val(batchIds)}::uuid[])
      group by 1, 2
    ) as part group by batch_id`.execute(transaction)
  return new Map(rows.map((row) => [row.batch_id, describeTally(row)]))
}

function describeTally({ counts, accepted, frames, credits }: TallyRow): BatchTally {
  const sum = (...states: string[]) => states.reduce((total, state) => total + (counts[state] ?? 0), 0)
  const open = sum('queued', 'preparing', 'rendering', 'assembling')
  const [succeeded, failed] = [sum('succeeded'), sum('failed')]
  const [waiting, examined] = [sum('waiting'), sum('examined')]
  const [refused, cancelled] = [sum('refused'), sum('cancelled')]
  return {
    rows: {
      total: open + succeeded + failed + waiting + examined + refused + cancelled,
      waiting,
      examined,
      refused,
      accepted,
      open,
      succeeded,
      failed,
      cancelled,
    },
    frames,
    credits,
  }
}
