import type { NodeCrash } from '@flatrender/contracts/node'
import type { SystemTransaction } from '@flatrender/platform/db'
import { type Selectable, sql } from 'kysely'
import { MOST_ATTEMPTS } from '../frame-jobs/frame-job-state.ts'
import type { Settlement } from '../frame-jobs/settlement.ts'
import type { Tables } from '../tables.ts'
import { type CrashName, keepLater } from './keep-later.ts'

/** Writes down workers that died and nodes that were lost, with what reproduces it. Gives the records' ids by their jobs'. */
export async function insertCrashes(
  transaction: SystemTransaction<Tables>,
  settlements: readonly Settlement[],
): Promise<Map<string, string>> {
  const crashes = settlements.flatMap(({ row, attempt }) => {
    const crash = crashOf(attempt)
    return crash === undefined
      ? []
      : [
          {
            node_id: row.node_id,
            job_tenant_id: row.tenant_id,
            frame_job_id: row.id,
            attempt: row.attempts + 1,
            kind: crash.kind,
            signal: crash.signal ?? null,
            exit_code: crash.exitCode ?? null,
            last_lines: crash.lastLines ?? '',
            piece: crash.piece ?? null,
            frame: crash.frame ?? null,
            rss_bytes: crash.rssBytes ?? null,
            replay: row.input,
          },
        ]
  })
  if (crashes.length === 0) return new Map()
  // The node may be retired and gone from the list, its deaths aren't: without its row there is nowhere to write them.
  const { rows } = await sql<CrashName & { kind: string; attempt: number; frame_job_id: string }>`
    insert into render.node_crashes (tenant_id, node_id, job_tenant_id, frame_job_id, attempt, kind, signal, exit_code, last_lines,
      piece, frame, rss_bytes, engine_build, replay)
    select node.tenant_id, node.id, crash.job_tenant_id, crash.frame_job_id, crash.attempt, crash.kind, crash.signal,
      crash.exit_code, crash.last_lines, crash.piece, crash.frame, crash.rss_bytes, coalesce(node.engine_build, ''), crash.replay
    from jsonb_to_recordset(${JSON.stringify(crashes)}::jsonb) as crash (
      node_id uuid, job_tenant_id uuid, frame_job_id uuid, attempt int, kind text, signal text, exit_code bigint, last_lines text,
      piece text, frame int, rss_bytes bigint, replay jsonb
    ) join render.nodes as node on node.id = crash.node_id
    on conflict (tenant_id, node_id, frame_job_id, attempt) do update set kind = excluded.kind
    returning tenant_id as "tenantId", id, kind, attempt, frame_job_id`.execute(transaction)
  // Of one node that is gone nobody knows whether it was the order; of the last of several it is likely, and the render names it.
  for (const { kind, attempt, tenantId, id } of rows)
    if (kind !== 'node_lost' || attempt >= MOST_ATTEMPTS) await keepLater(transaction, { tenantId, id })
  return new Map(rows.map(({ id, frame_job_id }) => [frame_job_id, id]))
}

function crashOf(
  attempt: Settlement['attempt'],
): (Partial<Omit<NodeCrash, 'kind'>> & { kind: NodeCrash['kind'] | 'node_lost' }) | undefined {
  if (attempt.event === 'expire') return { kind: 'node_lost' }
  return attempt.event === 'fail' ? attempt.failure.crash : undefined
}

/** A crash record, as it is now. */
export async function findCrashOf(
  transaction: SystemTransaction<Tables>,
  { tenantId, id }: CrashName,
): Promise<Selectable<Tables['render.node_crashes']> | undefined> {
  return transaction
    .selectFrom('render.node_crashes')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Says where the files of a crash's order are kept; false where its record is gone. */
export async function updateReplay(
  transaction: SystemTransaction<Tables>,
  { tenantId, id }: CrashName,
  replay: Record<string, unknown>,
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable('render.node_crashes')
    .set({ replay })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Deletes records of what died so many days ago; gives their names, at most `limit`. */
export async function deleteOldCrashes(
  transaction: SystemTransaction<Tables>,
  { days, limit }: { days: number; limit: number },
): Promise<CrashName[]> {
  const { rows } = await sql<CrashName>`
    delete from render.node_crashes where (tenant_id, id) in (
      select tenant_id, id from render.node_crashes where crashed_at < now() - make_interval(secs => ${days * 86_400})
      order by crashed_at limit ${limit} for update skip locked
    ) returning tenant_id as "tenantId", id`.execute(transaction)
  return rows
}

/** Lets crash records count on files no more. */
export async function unpinCrash(
  transaction: SystemTransaction<Tables>,
  names: readonly CrashName[],
): Promise<void> {
  await sql`delete from render.input_pins where (holder_tenant_id, holder_id) in (
    select * from unnest(${names.map(({ tenantId }) => tenantId)}::uuid[], ${names.map(({ id }) => id)}::uuid[])
  )`.execute(transaction)
}
