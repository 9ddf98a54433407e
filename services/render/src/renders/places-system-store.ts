import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'
import type { RenderName } from './render-name.ts'
import { QUEUE_ORDER } from './renders-system-store.ts'
import type { PacedRow } from './seconds-left.ts'

/** A render that is queued, and what it waits behind. */
export interface QueuedPlace {
  readonly renderId: string
  /** Renders of its account that its plan lets be worked on at once; null: all of them. */
  readonly runningCap: number | null
  /** Place among its account's that are queued, from 1. */
  readonly position: number
  /** Frame jobs of its account that are planned and go first: those of its lane, of those above, and what runs. */
  readonly jobsBefore: number
  /** Its account's renders that are worked on. */
  readonly underWay: readonly PacedRow[]
}

/** The same as JSON, where a moment is a text. */
type KeptPace = Omit<PacedRow, 'rendering_at'> & { readonly rendering_at: string | null }

/** The places of those of these renders that are queued. */
export async function findPlaces(
  transaction: SystemTransaction<Tables>,
  names: readonly RenderName[],
): Promise<QueuedPlace[]> {
  const { rows } = await sql<Omit<QueuedPlace, 'underWay'> & { underWay: readonly KeptPace[] }>`
    with asked as (
      select tenant_id, account_id, id, lane, running_cap from render.render_jobs
      where state = 'queued' and (tenant_id, id) in (
        select * from unnest(${names.map(({ tenantId }) => tenantId)}::uuid[], ${names.map(({ renderId }) => renderId)}::uuid[])
      )
    ), accounts as (
      select distinct tenant_id, account_id from asked
    ), placed as (
      select id, row_number() over (partition by tenant_id, account_id order by ${QUEUE_ORDER})::int as position
      from render.render_jobs join accounts using (tenant_id, account_id) where state = 'queued'
    ), busy as (
      select tenant_id, account_id, jsonb_agg(jsonb_build_object(
        'state', state, 'frames_total', frames_total, 'frames_done', frames_done, 'frames_cached', frames_cached,
        'rendering_at', rendering_at
      )) as renders
      from render.render_jobs join accounts using (tenant_id, account_id)
      where state in ('preparing', 'rendering', 'assembling') group by tenant_id, account_id
    )
    select asked.id as "renderId", asked.running_cap as "runningCap", placed.position,
      coalesce(share.running + share.pending_preview
        + case when asked.lane <> 'preview' then share.pending_interactive else 0 end
        + case when asked.lane = 'batch' then share.pending_batch else 0 end, 0)::int as "jobsBefore",
      coalesce(busy.renders, '[]') as "underWay"
    from asked join placed using (id) left join busy using (tenant_id, account_id)
    left join render.account_shares as share using (tenant_id, account_id)`.execute(transaction)
  return rows.map((row) => ({ ...row, underWay: row.underWay.map(readPaced) }))
}

const readPaced = (kept: KeptPace): PacedRow => ({
  ...kept,
  rendering_at: kept.rendering_at === null ? null : new Date(kept.rendering_at),
})
