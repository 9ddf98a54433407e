import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { FrameJobName } from '../frame-jobs/new-frame-job.ts'
import type { Tables } from '../tables.ts'
import type { SnapshotRequest } from './snapshot-request.ts'
import type { SnapshotRequestRow, SnapshotRow } from './snapshot-requests-store.ts'

/** A compiled picture that is to be painted. */
export interface NewPicture
  extends Pick<SnapshotRequest, 'templateVersionId' | 'scene' | 'width' | 'height' | 'type'> {
  readonly tenantId: string
  /** SHA-256 of all that can change a bit of it, in hexadecimal. */
  readonly cacheKey: string
  /** Frame of the compiled scene. */
  readonly frame: number
  /** Where it is put, if it is painted now. */
  readonly objectKey: string
}

/**
 * The picture of this cache key: one that is there, or under way, or else one that is now to be painted: it has
 * this object key then.
 * One after the other: of two who ask at once the second finds the first's.
 */
export async function holdPicture(
  transaction: SystemTransaction<Tables>,
  wanted: NewPicture,
): Promise<SnapshotRow> {
  const { tenantId, cacheKey, templateVersionId, scene, frame, width, height, type, objectKey } = wanted
  const { rows } = await sql<SnapshotRow>`
    insert into render.snapshots as known
      (tenant_id, cache_key, template_version_id, scene, frame, width, height, format, object_key)
    values (${tenantId}, decode(${cacheKey}, 'hex'), ${templateVersionId}, ${scene}, ${frame}, ${width}, ${height},
      ${type}, ${objectKey})
    on conflict (tenant_id, cache_key) do update set
      last_used_at = now(),
      state = case when known.state in ('pending', 'ready') then known.state else 'pending' end,
      frame_job_id = case when known.state in ('pending', 'ready') then known.frame_job_id end,
      object_key = case when known.state in ('pending', 'ready') then known.object_key else excluded.object_key end,
      failure_code = case when known.state in ('pending', 'ready') then known.failure_code end,
      failure_data = case when known.state in ('pending', 'ready') then known.failure_data end
    returning *`.execute(transaction)
  return rows[0]!
}

/** Says which frame job paints a picture. */
export async function notePainter(
  transaction: SystemTransaction<Tables>,
  { tenant_id, id }: SnapshotRow,
  frameJobId: string,
): Promise<void> {
  await transaction
    .updateTable('render.snapshots')
    .set({ frame_job_id: frameJobId })
    .where('tenant_id', '=', tenant_id)
    .where('id', '=', id)
    .execute()
}

/** Says of a request that its picture is known, unless the request is over. */
export async function linkRequest(
  transaction: SystemTransaction<Tables>,
  { tenantId, id }: { readonly tenantId: string; readonly id: string },
  snapshotId: string,
): Promise<void> {
  await transaction
    .updateTable('render.snapshot_requests')
    .set({ state: 'painting', snapshot_id: snapshotId })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('state', '=', 'preparing')
    .execute()
}

/** Writes down where the files of a request lie, once they are stored. */
export async function noteMedia(
  transaction: SystemTransaction<Tables>,
  { tenant_id, id }: SnapshotRequestRow,
  request: SnapshotRequest,
): Promise<void> {
  await transaction
    .updateTable('render.snapshot_requests')
    .set({ request: { ...request } })
    .where('tenant_id', '=', tenant_id)
    .where('id', '=', id)
    .execute()
}

/** Ends a request of which no picture comes. */
export async function failRequest(
  transaction: SystemTransaction<Tables>,
  { tenant_id, id }: Pick<SnapshotRequestRow, 'tenant_id' | 'id'>,
  { code, data }: { readonly code: string; readonly data: Readonly<Record<string, unknown>> },
): Promise<void> {
  await transaction
    .updateTable('render.snapshot_requests')
    .set({ state: 'failed', failure_code: code, failure_data: { ...data } })
    .where('tenant_id', '=', tenant_id)
    .where('id', '=', id)
    .where('state', '=', 'preparing')
    .execute()
}

/** Writes down what came of painting; nothing, if somebody began anew meanwhile. Gives the picture. */
export async function endPicture(
  transaction: SystemTransaction<Tables>,
  { tenantId, id }: FrameJobName,
  end: Partial<Pick<SnapshotRow, 'bytes' | 'hash' | 'failure_code' | 'failure_data' | 'object_key'>> &
    Pick<SnapshotRow, 'state'>,
): Promise<SnapshotRow | undefined> {
  return transaction
    .updateTable('render.snapshots')
    .set(end)
    .where('tenant_id', '=', tenantId)
    .where('frame_job_id', '=', id)
    .where('state', '=', 'pending')
    .returningAll()
    .executeTakeFirst()
}

/** Lets go of the files that requests counted on: of one, or of all that wait for a picture. */
export async function unpinRequests(
  transaction: SystemTransaction<Tables>,
  of: { readonly tenantId: string } & ({ readonly requestId: string } | { readonly snapshotId: string }),
): Promise<void> {
  const which =
    'requestId' in of
      ? sql`select ${of.requestId}::uuid`
      : sql`select id from render.snapshot_requests where tenant_id = ${of.tenantId} and snapshot_id = ${of.snapshotId}`
  await sql`delete from render.input_pins where holder_tenant_id = ${of.tenantId} and holder_id in (${which})`.execute(
    transaction,
  )
}

/** Marks pictures as gone that nobody asked for in so many days, or that were marked before. Gives them, at most `limit`. */
export async function takeUnusedPictures(
  transaction: SystemTransaction<Tables>,
  { days, limit }: { readonly days: number; readonly limit: number },
): Promise<SnapshotRow[]> {
  const { rows } = await sql<SnapshotRow>`
    update render.snapshots as picture set state = 'evicted', failure_code = null, failure_data = null from (
      select tenant_id, id from render.snapshots
      where state = 'evicted'
        or (state in ('ready', 'failed') and last_used_at < now() - make_interval(secs => ${days * 86_400}))
      order by last_used_at limit ${limit} for update skip locked
    ) as taken where picture.tenant_id = taken.tenant_id and picture.id = taken.id returning picture.*`.execute(
    transaction,
  )
  return rows
}

/** Forgets pictures whose files are gone, with all requests for them; one that is painted anew meanwhile stays. */
export async function deletePictures(
  transaction: SystemTransaction<Tables>,
  rows: readonly SnapshotRow[],
): Promise<void> {
  await sql`delete from render.snapshots where state = 'evicted' and (tenant_id, id) in (
    select * from unnest(${rows.map((row) => row.tenant_id)}::uuid[], ${rows.map(({ id }) => id)}::uuid[])
  )`.execute(transaction)
}

/** Forgets requests that failed long ago. */
export async function deleteOldRequests(transaction: SystemTransaction<Tables>, days: number): Promise<void> {
  await sql`delete from render.snapshot_requests
    where state = 'failed' and last_used_at < now() - make_interval(secs => ${days * 86_400})`.execute(
    transaction,
  )
}
