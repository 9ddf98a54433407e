import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'

/** A segment whose object is to go. */
export interface EvictedSegment {
  readonly tenantId: string
  readonly id: string
  readonly objectKey: string
}

const unpinned = sql`not exists (
  select from render.segment_pins as pin where pin.tenant_id = segment.tenant_id and pin.segment_id = segment.id
)`

/**
 * Evicts segments that nobody used for so many days and no render counts on; also those whose object an earlier attempt has
 * left, of eviction or of painting. Those with pins are passed over first: many old ones that are counted on must not keep the
 * others. What is held then is looked at once more: a pin that is being written holds it off by its key, one that was written
 * meanwhile is seen.
 */
export async function takeUnusedSegments(
  transaction: SystemTransaction<Tables>,
  { days, limit }: { days: number; limit: number },
): Promise<EvictedSegment[]> {
  const held = await sql<{ tenant_id: string; id: string }>`
    select tenant_id, id from render.segments as segment
    where ((state = 'verified' and last_used_at < now() - make_interval(secs => ${days * 86_400}))
      or (state in ('missing', 'lost', 'evicted') and object_key is not null)) and ${unpinned}
    order by last_used_at limit ${limit} for update skip locked`.execute(transaction)
  const { rows } = await sql<EvictedSegment>`
    update render.segments as segment set state = 'evicted' from unnest(
      ${held.rows.map((row) => row.tenant_id)}::uuid[], ${held.rows.map(({ id }) => id)}::uuid[]
    ) as held (tenant_id, id)
    where segment.tenant_id = held.tenant_id and segment.id = held.id and ${unpinned}
    returning segment.tenant_id as "tenantId", segment.id, segment.object_key as "objectKey"`.execute(
    transaction,
  )
  return rows
}

/** Says that an evicted segment's object is gone, unless it is painted again by now. */
export async function forgetSegmentObject(
  transaction: SystemTransaction<Tables>,
  { tenantId, id, objectKey }: EvictedSegment,
): Promise<void> {
  await sql`update render.segments set object_key = null
    where tenant_id = ${tenantId} and id = ${id} and object_key = ${objectKey} and state = 'evicted'`.execute(
    transaction,
  )
}
