import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { RenderName } from '../renders/render-name.ts'
import type { Tables } from '../tables.ts'
import type { BatchName } from './batch-name.ts'
import type { KeptBatch } from './batches-store.ts'

/** Batches by their names. */
export async function findWatchedBatches(
  transaction: SystemTransaction<Tables>,
  names: readonly BatchName[],
): Promise<KeptBatch[]> {
  const { rows } = await sql<KeptBatch>`select * from render.batches where (tenant_id, id) in (
    select * from unnest(${names.map(({ tenantId }) => tenantId)}::uuid[], ${names.map(({ batchId }) => batchId)}::uuid[])
  )`.execute(transaction)
  return rows
}

/** Renders of a batch that are not over. */
export async function findOpenRenders(
  transaction: SystemTransaction<Tables>,
  { tenantId, batchId }: BatchName,
  limit: number,
): Promise<RenderName[]> {
  const { rows } =
    await sql<RenderName>`select tenant_id as "tenantId", id as "renderId" from render.render_jobs
    where tenant_id = ${tenantId} and batch_id = ${batchId}
      and state in ('queued', 'preparing', 'rendering', 'assembling')
    order by id limit ${limit}`.execute(transaction)
  return rows
}

/** Batches that are not over and have stood still for longer than so many seconds. */
export async function findLingeringBatches(
  transaction: SystemTransaction<Tables>,
  { seconds, limit }: { seconds: number; limit: number },
): Promise<BatchName[]> {
  const { rows } = await sql<BatchName>`select tenant_id as "tenantId", id as "batchId" from render.batches
    where state in ('examining', 'placing', 'running', 'cancelling')
      and updated_at < now() - make_interval(secs => ${seconds})
    order by updated_at limit ${limit}`.execute(transaction)
  return rows
}

/** Ids that rows were to have as renders, and whose credits may still be promised, of rows that were given up. */
export async function findGivenUp(
  transaction: SystemTransaction<Tables>,
  { tenantId, batchId }: BatchName,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select render_job_id as id from render.batch_rows
    where tenant_id = ${tenantId} and batch_id = ${batchId} and state in ('cancelled', 'refused')
      and render_job_id is not null`.execute(transaction)
  return rows.map(({ id }) => id)
}
