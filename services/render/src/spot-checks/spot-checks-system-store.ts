import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { FrameJobName } from '../frame-jobs/new-frame-job.ts'
import type { Tables } from '../tables.ts'

/** A segment that is painted again elsewhere, as far as it has come. */
export interface SpotCheckRow extends FrameJobName {
  readonly segmentId: string
  readonly firstNodeId: string
  readonly firstHash: Buffer
  readonly secondNodeId: string | null
  readonly secondHash: Buffer | null
  readonly outcome: 'pending' | 'same' | 'within_tolerance' | 'different' | 'abandoned'
}

/** Writes down that a segment is to be painted again; undefined where it isn't kept. Hashes are of its packets. */
export async function insertSpotCheck(
  transaction: SystemTransaction<Tables>,
  check: { tenantId: string; key: string; nodeId: string; hash: string },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    insert into render.spot_checks (tenant_id, segment_id, first_node_id, first_hash)
    select tenant_id, id, ${check.nodeId}, decode(${check.hash}, 'hex') from render.segments
    where tenant_id = ${check.tenantId} and key = decode(${check.key}, 'hex') and state = 'verified' returning id`.execute(
    transaction,
  )
  return rows[0]?.id
}

/** A spot check, held until the transaction ends. */
export async function lockSpotCheck(
  transaction: SystemTransaction<Tables>,
  { tenantId, id }: FrameJobName,
): Promise<SpotCheckRow | undefined> {
  const { rows } = await sql<SpotCheckRow>`
    select tenant_id as "tenantId", id, segment_id as "segmentId", first_node_id as "firstNodeId", first_hash as "firstHash",
      second_node_id as "secondNodeId", second_hash as "secondHash", outcome
    from render.spot_checks where tenant_id = ${tenantId} and id = ${id} for update`.execute(transaction)
  return rows[0]
}

/** Says which job paints it now, which nodes it is not for. */
export async function updateSpotJob(
  transaction: SystemTransaction<Tables>,
  { tenantId, id }: FrameJobName,
  { frameJobId, notFor }: { frameJobId: string; notFor: readonly string[] },
): Promise<void> {
  await sql`update render.spot_checks set frame_job_id = ${frameJobId} where tenant_id = ${tenantId} and id = ${id}`.execute(
    transaction,
  )
  await sql`update render.frame_jobs set tried_node_ids = ${notFor}::uuid[] where tenant_id = ${tenantId} and id = ${frameJobId}`.execute(
    transaction,
  )
}

/** Writes down what the second node got; `pending`: pictures will tell. A difference stays open until a third one has told. */
export async function updateCompared(
  transaction: SystemTransaction<Tables>,
  { tenantId, id }: FrameJobName,
  { nodeId, hash, outcome }: { nodeId: string; hash: string; outcome: 'pending' | 'same' | 'different' },
): Promise<void> {
  await sql`update render.spot_checks set second_node_id = ${nodeId}, second_hash = decode(${hash}, 'hex'), outcome = ${outcome},
      checked_at = case when ${outcome} <> 'pending' then now() end, closed_at = case when ${outcome} = 'same' then now() end
    where tenant_id = ${tenantId} and id = ${id}`.execute(transaction)
}

/** Writes down how far the pictures of two architectures are apart; a difference stays open until a third one has told. */
export async function updateSeen(
  transaction: SystemTransaction<Tables>,
  { tenantId, id }: FrameJobName,
  { same, largestDifference }: { same: boolean; largestDifference: number },
): Promise<void> {
  await sql`update render.spot_checks set outcome = ${same ? 'within_tolerance' : 'different'},
      largest_difference = ${largestDifference}, checked_at = now(), closed_at = case when ${same} then now() end
    where tenant_id = ${tenantId} and id = ${id}`.execute(transaction)
}

/** The file of the segment that is checked; undefined where it is no longer kept. */
export async function findCheckedFile(
  transaction: SystemTransaction<Tables>,
  { tenantId, segmentId }: Pick<SpotCheckRow, 'tenantId' | 'segmentId'>,
): Promise<{ hash: string; bytes: number; objectKey: string } | undefined> {
  const { rows } = await sql<{ hash: string; bytes: string; objectKey: string }>`
    select encode(hash, 'hex') as hash, bytes, object_key as "objectKey" from render.segments
    where tenant_id = ${tenantId} and id = ${segmentId} and state = 'verified'`.execute(transaction)
  const [row] = rows
  return row && { ...row, bytes: Number(row.bytes) }
}

/** Closes a spot check: one that nobody could make (`abandoned`), or whose odd one is known. */
export async function updateClosed(
  transaction: SystemTransaction<Tables>,
  { tenantId, id }: FrameJobName,
  { oddNodeId = null, abandoned = false }: { oddNodeId?: string | null; abandoned?: boolean },
): Promise<void> {
  await sql`update render.spot_checks set closed_at = now(), odd_node_id = ${oddNodeId},
      outcome = case when ${abandoned} then 'abandoned' else outcome end
    where tenant_id = ${tenantId} and id = ${id}`.execute(transaction)
}

/** Do these nodes run one build on one architecture? Then what they make has the same bits. */
export async function areAlike(
  transaction: SystemTransaction<Tables>,
  nodeIds: readonly string[],
): Promise<boolean> {
  const { rows } = await sql<{ kinds: number; nodes: number }>`
    select count(distinct (arch, engine_build))::int as kinds, count(*)::int as nodes from render.nodes
    where id = any (${nodeIds}::uuid[])`.execute(transaction)
  return rows[0]?.kinds === 1 && rows[0].nodes === nodeIds.length
}

/** A segment that was painted by the odd one is kept no more. */
export async function loseSegment(
  transaction: SystemTransaction<Tables>,
  { tenantId, segmentId }: Pick<SpotCheckRow, 'tenantId' | 'segmentId'>,
): Promise<void> {
  await sql`update render.segments set state = 'lost' where tenant_id = ${tenantId} and id = ${segmentId} and state = 'verified'`.execute(
    transaction,
  )
}

/** A spot check as it is shown. */
export interface ShownSpotCheck
  extends Pick<SpotCheckRow, 'tenantId' | 'id' | 'segmentId' | 'firstNodeId' | 'secondNodeId' | 'outcome'> {
  readonly largestDifference: number | null
  readonly oddNodeId: string | null
  readonly createdAt: Date
  readonly checkedAt: Date | null
  readonly closedAt: Date | null
}

/** Which spot checks are meant. */
export interface SpotCheckFilter {
  readonly outcome?: SpotCheckRow['outcome'] | undefined
  /** The last id of the page before. */
  readonly cursor?: string | undefined
  readonly limit: number
}

/** Spot checks of all tenants, the newest first: their ids go by time. */
export async function findSpotChecks(
  transaction: SystemTransaction<Tables>,
  { outcome, cursor, limit }: SpotCheckFilter,
): Promise<ShownSpotCheck[]> {
  let found = transaction
    .selectFrom('render.spot_checks')
    .select([
      'tenant_id as tenantId',
      'id',
      'segment_id as segmentId',
      'first_node_id as firstNodeId',
      'second_node_id as secondNodeId',
      'outcome',
      'largest_difference as largestDifference',
      'odd_node_id as oddNodeId',
      'created_at as createdAt',
      'checked_at as checkedAt',
      'closed_at as closedAt',
    ])
  if (outcome !== undefined) found = found.where('outcome', '=', outcome)
  if (cursor !== undefined) found = found.where('id', '<', cursor)
  return found.orderBy('id', 'desc').limit(limit).execute()
}

/** Spot checks that ended in the last days: what was put for them is of no use. */
export async function findEnded(transaction: SystemTransaction<Tables>): Promise<FrameJobName[]> {
  const { rows } = await sql<FrameJobName>`select tenant_id as "tenantId", id from render.spot_checks
    where closed_at > now() - interval '3 days'`.execute(transaction)
  return rows
}
