import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'
import type { WatchedRow } from './describe-progress.ts'
import type { RenderName } from './render-name.ts'

/** Renders by their names, with what tells how far they are. */
export async function findWatched(
  transaction: SystemTransaction<Tables>,
  names: readonly RenderName[],
): Promise<WatchedRow[]> {
  const { rows } = await sql<WatchedRow>`
    select tenant_id, id, owner_id, api_key_id, state, resting, frames_total, frames_done, frames_cached,
      frames_repaired, rendering_at, failure_code, failure_data
    from render.render_jobs where (tenant_id, id) in (
      select * from unnest(${names.map(({ tenantId }) => tenantId)}::uuid[], ${names.map(({ renderId }) => renderId)}::uuid[])
    )`.execute(transaction)
  return rows
}
