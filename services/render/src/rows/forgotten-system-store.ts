import type { SystemTransaction } from '@flatrender/platform/db'
import type { Person } from '@flatrender/platform/personal'
import { sql } from 'kysely'
import type { BatchName } from '../batches/batch-name.ts'
import type { RenderName } from '../renders/render-name.ts'
import type { Tables } from '../tables.ts'

/** The batches of a user that have no end yet. */
export async function findOpenBatchesOf(
  transaction: SystemTransaction<Tables>,
  { tenantId, userId }: Person,
): Promise<BatchName[]> {
  return transaction
    .selectFrom('render.batches')
    .select(['tenant_id as tenantId', 'id as batchId'])
    .where('tenant_id', '=', tenantId)
    .where('owner_id', '=', userId)
    .where('state', 'in', ['examining', 'placing', 'running'])
    .execute()
}

/** The renders of a user that have no end yet. */
export async function findOpenOf(
  transaction: SystemTransaction<Tables>,
  { tenantId, userId }: Person,
): Promise<RenderName[]> {
  return transaction
    .selectFrom('render.render_jobs')
    .select(['tenant_id as tenantId', 'id as renderId'])
    .where('tenant_id', '=', tenantId)
    .where('owner_id', '=', userId)
    .where('state', 'in', ['queued', 'preparing', 'rendering', 'assembling'])
    .execute()
}

/** Empties what a user gave for their renders, which have ended. What was made of it is of no use from then on. */
export async function emptyRenders(
  transaction: SystemTransaction<Tables>,
  { tenantId, userId }: Person,
): Promise<void> {
  await transaction
    .updateTable('render.render_jobs')
    .set({
      modifications: {},
      metadata: {},
      media: {},
      webhook_url: null,
      warnings: sql`'[]'`,
      failure_data: sql`case when failure_data is null then null else '{}'::jsonb end`,
      emptied_at: sql<Date>`coalesce(emptied_at, now())`,
    })
    .where('tenant_id', '=', tenantId)
    .where('owner_id', '=', userId)
    .execute()
  await transaction
    .updateTable('render.batches')
    .set({
      name: null,
      metadata: {},
      webhook_url: null,
      request: {},
      failure_data: sql`case when failure_data is null then null else '{}'::jsonb end`,
    })
    .where('tenant_id', '=', tenantId)
    .where('owner_id', '=', userId)
    .execute()
  await transaction
    .updateTable('render.batch_rows')
    .set({
      name: null,
      metadata: {},
      failures: sql`case when failures is null then null else '[]'::jsonb end`,
    })
    .where('tenant_id', '=', tenantId)
    .where('owner_id', '=', userId)
    .execute()
}

/** Where the plans of a user's renders are, but of those that were emptied before. */
export async function findPlansOf(
  transaction: SystemTransaction<Tables>,
  { tenantId, userId }: Person,
): Promise<string[]> {
  const rows = await transaction
    .selectFrom('render.render_jobs')
    .select('plan_object_key')
    .where('tenant_id', '=', tenantId)
    .where('owner_id', '=', userId)
    .where('emptied_at', 'is', null)
    .where('plan_object_key', 'is not', null)
    .execute()
  return rows.map(({ plan_object_key: key }) => key!)
}

/** Lets painted segments count as unused for ever, unless somebody else counts on them: they show a user's words. */
export async function spoilSegments(
  transaction: SystemTransaction<Tables>,
  tenantId: string,
  keys: readonly string[],
): Promise<void> {
  await sql`update render.segments as segment set last_used_at = 'epoch'
    where tenant_id = ${tenantId} and state = 'verified'
      and key in (select decode(painted, 'hex') from unnest(${[...keys]}::text[]) as painted)
      and not exists (
        select from render.segment_pins as pin where pin.tenant_id = segment.tenant_id and pin.segment_id = segment.id
      )`.execute(transaction)
}

/** Lets pictures that a user alone asked for count as unused for ever. */
export async function spoilSnapshots(
  transaction: SystemTransaction<Tables>,
  { tenantId, userId }: Person,
): Promise<void> {
  await sql`update render.snapshots as picture set last_used_at = 'epoch'
    where tenant_id = ${tenantId} and id in (
      select snapshot_id from render.snapshot_requests where tenant_id = ${tenantId} and owner_id = ${userId}
    ) and not exists (
      select from render.snapshot_requests as other
      where other.tenant_id = picture.tenant_id and other.snapshot_id = picture.id and other.owner_id is distinct from ${userId}
    )`.execute(transaction)
}

/**
 * Ends the time of a user's finished videos, and lets go of the plans and media that they could be made of again: what nobody
 * else counts on is unused for ever.
 */
export async function endExports(
  transaction: SystemTransaction<Tables>,
  { tenantId, userId }: Person,
): Promise<void> {
  const theirs = sql`select id from render.render_jobs where tenant_id = ${tenantId} and owner_id = ${userId}`
  await sql`update render.exports set expires_at = now()
    where tenant_id = ${tenantId} and state = 'ready' and (
      render_job_id in (${theirs})
      or batch_id in (select id from render.batches where tenant_id = ${tenantId} and owner_id = ${userId})
    )`.execute(transaction)
  await sql`update render.exports set recreation_ends_at = null
    where tenant_id = ${tenantId} and render_job_id in (${theirs})`.execute(transaction)
  await sql`with freed as (
      delete from render.input_pins where holder_tenant_id = ${tenantId} and holder_id in (
        ${theirs} union all
        select id from render.snapshot_requests where tenant_id = ${tenantId} and owner_id = ${userId}
      ) returning tenant_id, input_id
    ) update render.inputs as input set last_used_at = 'epoch' from freed
    where input.tenant_id = freed.tenant_id and input.id = freed.input_id and input.tenant_id = ${tenantId}`.execute(
    transaction,
  )
}
