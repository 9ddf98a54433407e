import type { SystemTransaction } from '@flatrender/platform/db'
import type { Person } from '@flatrender/platform/personal'
import { sql } from 'kysely'
import type { RenderName } from '../segments/segments-system-store.ts'
import type { Tables } from '../tables.ts'

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
    .set({ name: null, metadata: {}, row_errors: sql`'[]'` })
    .where('tenant_id', '=', tenantId)
    .where('owner_id', '=', userId)
    .execute()
}

/** Ends the time of a user's finished videos, and lets go of the plans and media that they could be made of again. */
export async function endExports(
  transaction: SystemTransaction<Tables>,
  { tenantId, userId }: Person,
): Promise<void> {
  const theirs = sql`select id from render.render_jobs where tenant_id = ${tenantId} and owner_id = ${userId}`
  await sql`update render.exports set expires_at = now()
    where tenant_id = ${tenantId} and state = 'ready' and render_job_id in (${theirs})`.execute(transaction)
  await sql`delete from render.input_pins where job_tenant_id = ${tenantId} and render_job_id in (
      ${theirs} union all
      select id from render.snapshot_requests where tenant_id = ${tenantId} and owner_id = ${userId}
    )`.execute(transaction)
}
