import type { SystemTransaction } from '@flatrender/platform/db'
import { type Selectable, sql } from 'kysely'
import { lockFrameJobs } from '../frame-jobs/frame-jobs-system-store.ts'
import type { FrameJobName } from '../frame-jobs/new-frame-job.ts'
import type { RenderName } from '../renders/render-name.ts'
import type { Tables } from '../tables.ts'

/** A segment, as planning has to know it. */
export interface SegmentRow {
  readonly tenantId: string
  readonly id: string
  /** SHA-256 in hexadecimal. */
  readonly key: string
  readonly frames: number
  readonly state: Selectable<Tables['render.segments']>['state']
  readonly frameJobId: string | null
}

/** A segment by content. */
export interface SegmentName {
  readonly tenantId: string
  readonly key: string
}

const row = sql`tenant_id as "tenantId", id, encode(key, 'hex') as key, frames, state, frame_job_id as "frameJobId"`

const columns = (names: readonly SegmentName[]) =>
  sql`${names.map(({ tenantId }) => tenantId)}::uuid[], ${names.map(({ key }) => key)}::text[]`

/** Segments that there are by these names; nothing is locked. */
export async function findSegments(
  transaction: SystemTransaction<Tables>,
  names: readonly SegmentName[],
): Promise<SegmentRow[]> {
  const { rows } = await sql<SegmentRow>`select ${row} from render.segments where (tenant_id, key) in (
    select wanted.tenant_id, decode(wanted.key, 'hex') from unnest(${columns(names)}) as wanted (tenant_id, key)
  )`.execute(transaction)
  return rows
}

/** Makes rows of segments that have none, and holds all of them until the transaction ends, in one order for everybody. */
export async function holdSegments(
  transaction: SystemTransaction<Tables>,
  wanted: readonly (SegmentName & { readonly frames: number })[],
  { arch, build }: { arch: string; build: string },
): Promise<SegmentRow[]> {
  const { rows } = await sql<SegmentRow>`
    insert into render.segments (tenant_id, key, frames, arch, engine_build)
    select wanted.tenant_id, decode(wanted.key, 'hex'), wanted.frames, ${arch}, ${build}
    from unnest(${columns(wanted)}, ${wanted.map(({ frames }) => frames)}::int[]) as wanted (tenant_id, key, frames)
    order by wanted.tenant_id, wanted.key
    on conflict (tenant_id, key) do update set last_used_at = now()
    returning ${row}`.execute(transaction)
  return rows
}

/** Says that a render counts on segments, for so many frames of its timeline each. */
export async function pinSegments(
  transaction: SystemTransaction<Tables>,
  pins: readonly { readonly tenantId: string; readonly id: string; readonly frames: number }[],
  { tenantId, renderId }: RenderName,
): Promise<void> {
  await sql`insert into render.segment_pins (tenant_id, segment_id, job_tenant_id, render_job_id, frames)
    select pin.tenant_id, pin.id, ${tenantId}, ${renderId}, pin.frames from unnest(
      ${pins.map((pin) => pin.tenantId)}::uuid[], ${pins.map(({ id }) => id)}::uuid[],
      ${pins.map(({ frames }) => frames)}::int[]
    ) as pin (tenant_id, id, frames)
    on conflict (tenant_id, segment_id, job_tenant_id, render_job_id) do nothing`.execute(transaction)
}

/** Says by which frame jobs segments are painted from now on, and where they will lie. */
export async function startSegments(
  transaction: SystemTransaction<Tables>,
  started: readonly {
    readonly tenantId: string
    readonly id: string
    readonly frameJobId: string
    readonly objectKey: string
  }[],
): Promise<void> {
  await sql`update render.segments as segment
    set state = 'rendering', frame_job_id = started.job_id, object_key = started.object_key
    from unnest(
      ${started.map(({ tenantId }) => tenantId)}::uuid[], ${started.map(({ id }) => id)}::uuid[],
      ${started.map(({ frameJobId }) => frameJobId)}::uuid[], ${started.map(({ objectKey }) => objectKey)}::text[]
    ) as started (tenant_id, id, job_id, object_key)
    where segment.tenant_id = started.tenant_id and segment.id = started.id`.execute(transaction)
}

/** What came of a segment: verified, or missing again because its frame job ended otherwise. */
export interface SegmentEnd extends SegmentName {
  readonly frameJobId: string
  /** Null: it isn't there. */
  readonly file: { readonly hash: string; readonly bytes: number } | null
}

/** Writes down what came of segments; gives those that a frame job still stood for. */
export async function endSegments(
  transaction: SystemTransaction<Tables>,
  ends: readonly SegmentEnd[],
): Promise<{ tenantId: string; id: string; key: string }[]> {
  const { rows } = await sql<{ tenantId: string; id: string; key: string }>`
    with wanted as (
      select segment.tenant_id, segment.id, ended.hash, ended.bytes from render.segments as segment join unnest(
        ${columns(ends)}, ${ends.map(({ frameJobId }) => frameJobId)}::uuid[],
        ${ends.map(({ file }) => file?.hash ?? null)}::text[], ${ends.map(({ file }) => file?.bytes ?? null)}::bigint[]
      ) as ended (tenant_id, key, job_id, hash, bytes)
      on segment.tenant_id = ended.tenant_id and segment.key = decode(ended.key, 'hex')
        and segment.frame_job_id = ended.job_id
      where segment.state = 'rendering'
      order by segment.tenant_id, segment.key for update of segment
    )
    update render.segments as segment set
      state = case when wanted.hash is null then 'missing' else 'verified' end,
      hash = coalesce(decode(wanted.hash, 'hex'), segment.hash),
      bytes = coalesce(wanted.bytes, segment.bytes),
      verified_at = case when wanted.hash is null then segment.verified_at else now() end,
      last_used_at = now()
    from wanted where segment.tenant_id = wanted.tenant_id and segment.id = wanted.id
    returning segment.tenant_id as "tenantId", segment.id, encode(segment.key, 'hex') as key`.execute(
    transaction,
  )
  return rows
}

/** Says that nobody paints the segments of these frame jobs any more, which were cancelled. */
export async function forsakeSegments(
  transaction: SystemTransaction<Tables>,
  jobs: readonly FrameJobName[],
): Promise<void> {
  if (jobs.length === 0) return
  await sql`update render.segments as segment set state = 'missing' from (
      select segment.tenant_id, segment.id from render.segments as segment join unnest(
        ${jobs.map(({ tenantId }) => tenantId)}::uuid[], ${jobs.map(({ id }) => id)}::uuid[]
      ) as job (tenant_id, id) on job.tenant_id = segment.tenant_id and job.id = segment.frame_job_id
      where segment.state = 'rendering' order by segment.tenant_id, segment.key for update of segment
    ) as forsaken
    where segment.tenant_id = forsaken.tenant_id and segment.id = forsaken.id`.execute(transaction)
}

/** The frame jobs that paint these segments now, in one order for everybody, held until the transaction ends. */
export async function holdFrameJobsOf(
  transaction: SystemTransaction<Tables>,
  segments: readonly SegmentRow[],
): Promise<FrameJobName[]> {
  const names = new Map(
    segments.flatMap(({ tenantId, state, frameJobId: id }) =>
      state === 'rendering' && id !== null ? [[id, { tenantId, id }] as const] : [],
    ),
  )
  if (names.size === 0) return []
  const rows = await lockFrameJobs(transaction, [...names.values()])
  return rows
    .filter(({ state }) => state === 'pending' || state === 'leased')
    .map(({ tenant_id, id }) => ({ tenantId: tenant_id, id }))
}

/** The segments that a render counts on and that aren't there yet; nothing is locked. */
export async function findWaitedFor(
  transaction: SystemTransaction<Tables>,
  { tenantId, renderId }: RenderName,
): Promise<SegmentRow[]> {
  const { rows } = await sql<SegmentRow>`
    select segment.tenant_id as "tenantId", segment.id, encode(segment.key, 'hex') as key, segment.frames,
      segment.state, segment.frame_job_id as "frameJobId"
    from render.segment_pins as pin join render.segments as segment
      on segment.tenant_id = pin.tenant_id and segment.id = pin.segment_id
    where pin.job_tenant_id = ${tenantId} and pin.render_job_id = ${renderId} and segment.state <> 'verified'`.execute(
    transaction,
  )
  return rows
}

/** Lets a render count on its segments no more; how many it did. */
export async function unpinSegments(
  transaction: SystemTransaction<Tables>,
  { tenantId, renderId }: RenderName,
): Promise<number> {
  const { numAffectedRows } = await sql`delete from render.segment_pins
    where job_tenant_id = ${tenantId} and render_job_id = ${renderId}`.execute(transaction)
  return Number(numAffectedRows ?? 0n)
}

/** Where a render's segments lie, by key; of those that aren't there nothing. */
export async function locateSegments(
  transaction: SystemTransaction<Tables>,
  names: readonly SegmentName[],
): Promise<Map<string, { hash: string; bytes: number; objectKey: string }>> {
  const { rows } = await sql<{ key: string; hash: string; bytes: string; objectKey: string }>`
    select encode(key, 'hex') as key, encode(hash, 'hex') as hash, bytes, object_key as "objectKey"
    from render.segments where state = 'verified' and (tenant_id, key) in (
      select wanted.tenant_id, decode(wanted.key, 'hex') from unnest(${columns(names)}) as wanted (tenant_id, key)
    )`.execute(transaction)
  return new Map(
    rows.map(({ key, hash, bytes, objectKey }) => [key, { hash, bytes: Number(bytes), objectKey }]),
  )
}
