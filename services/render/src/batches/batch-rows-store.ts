import type { BatchRowState } from '@flatrender/contracts/render'
import { type Selectable, sql } from 'kysely'
import { nameRender } from '../renders/renders-store.ts'
import type { AnyTransaction, Tables } from '../tables.ts'
import type { BatchName } from './batch-name.ts'

/** A row of a batch as it is kept. */
export type KeptRow = Selectable<Tables['render.batch_rows']>

/** A row as it is sent. */
export interface SentRow {
  readonly modifications: Readonly<Record<string, unknown>>
  readonly metadata: Readonly<Record<string, unknown>>
  readonly name?: string | undefined
}

/** What is wrong with a row: a code of the error table, and its data. */
export interface RowFailure {
  readonly code: string
  readonly data: Readonly<Record<string, unknown>>
}

/** Writes a batch's rows down, numbered from 1. */
export async function insertRows(
  transaction: AnyTransaction,
  { tenantId, batchId, ownerId }: BatchName & { readonly ownerId: string | null },
  rows: readonly SentRow[],
): Promise<void> {
  await sql`insert into render.batch_rows (tenant_id, batch_id, row, owner_id, name, modifications, metadata)
    select ${tenantId}, ${batchId}, sent.number, ${ownerId}::uuid, sent.row->>'name', sent.row->'modifications', sent.row->'metadata'
    from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) with ordinality as sent (row, number)`.execute(
    transaction,
  )
}

/** The next rows that nobody has decided about; those that often failed to be looked at come after the others. */
export async function findAwaited(
  transaction: AnyTransaction,
  { tenantId, batchId }: BatchName,
  { states, limit }: { states: readonly ('waiting' | 'examined')[]; limit: number },
): Promise<KeptRow[]> {
  return transaction
    .selectFrom('render.batch_rows')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('batch_id', '=', batchId)
    .where('state', 'in', states)
    .orderBy('tries')
    .orderBy('row')
    .limit(limit)
    .execute()
}

/** Holds a row until the transaction ends if nobody has decided about it, nor holds it, meanwhile. */
export async function holdAwaited(
  transaction: AnyTransaction,
  { tenant_id, batch_id, row }: KeptRow,
): Promise<KeptRow | undefined> {
  return transaction
    .selectFrom('render.batch_rows')
    .selectAll()
    .where('tenant_id', '=', tenant_id)
    .where('batch_id', '=', batch_id)
    .where('row', '=', row)
    .where('state', 'in', ['waiting', 'examined'])
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
}

/** What is known of a row that is right. */
export interface RowMeasure {
  readonly credits: number
  /** Of the video. */
  readonly milliseconds: number
}

/** Says that a row is right, what it costs, and which id its render will have. */
export async function noteExamined(
  transaction: AnyTransaction,
  { tenant_id, batch_id, row }: KeptRow,
  { credits, milliseconds }: RowMeasure,
): Promise<void> {
  await transaction
    .updateTable('render.batch_rows')
    .set({
      state: 'examined',
      credits: String(credits),
      video_ms: milliseconds,
      render_job_id: await nameRender(transaction),
    })
    .where('tenant_id', '=', tenant_id)
    .where('batch_id', '=', batch_id)
    .where('row', '=', row)
    .where('state', '=', 'waiting')
    .execute()
}

/** Says that a row is a render now. */
export async function noteAccepted(
  transaction: AnyTransaction,
  { tenant_id, batch_id, row }: KeptRow,
  renderId: string,
): Promise<void> {
  await transaction
    .updateTable('render.batch_rows')
    .set({ state: 'accepted', render_job_id: renderId, modifications: null })
    .where('tenant_id', '=', tenant_id)
    .where('batch_id', '=', batch_id)
    .where('row', '=', row)
    .execute()
}

/** Says that a row becomes no render, unless it is decided already. */
export async function noteRefused(
  transaction: AnyTransaction,
  { tenant_id, batch_id, row }: KeptRow,
  failures: readonly RowFailure[],
): Promise<void> {
  await transaction
    .updateTable('render.batch_rows')
    // The driver takes an array for one of PostgreSQL's own.
    .set({ state: 'refused', failures: sql`${JSON.stringify(failures)}::jsonb`, modifications: null })
    .where('tenant_id', '=', tenant_id)
    .where('batch_id', '=', batch_id)
    .where('row', '=', row)
    .where('state', 'in', ['waiting', 'examined'])
    .execute()
}

/** Says that it could not be told this time whether a row is right. */
export async function noteTry(
  transaction: AnyTransaction,
  { tenant_id, batch_id, row }: KeptRow,
): Promise<void> {
  await transaction
    .updateTable('render.batch_rows')
    .set({ tries: sql`tries + 1` })
    .where('tenant_id', '=', tenant_id)
    .where('batch_id', '=', batch_id)
    .where('row', '=', row)
    .execute()
}

/** Gives up all rows that nobody has decided about. */
export async function cancelAwaited(
  transaction: AnyTransaction,
  { tenantId, batchId }: BatchName,
): Promise<void> {
  await transaction
    .updateTable('render.batch_rows')
    .set({ state: 'cancelled', modifications: null })
    .where('tenant_id', '=', tenantId)
    .where('batch_id', '=', batchId)
    .where('state', 'in', ['waiting', 'examined'])
    .execute()
}

/** The first row that was refused, and how many were. */
export async function findRefused(
  transaction: AnyTransaction,
  { tenantId, batchId }: BatchName,
): Promise<{ count: number; first: KeptRow | undefined }> {
  const { rows } = await sql<KeptRow & { count: number }>`
    select *, count(*) over ()::int as count from render.batch_rows
    where tenant_id = ${tenantId} and batch_id = ${batchId} and state = 'refused'
    order by row limit 1`.execute(transaction)
  return { count: rows[0]?.count ?? 0, first: rows[0] }
}

/** What all rows together are that were found right. */
export async function sumExamined(
  transaction: AnyTransaction,
  { tenantId, batchId }: BatchName,
): Promise<RowMeasure> {
  const { rows } = await sql<{ credits: string; milliseconds: string }>`
    select coalesce(sum(credits), 0) as credits, coalesce(sum(video_ms), 0) as milliseconds
    from render.batch_rows
    where tenant_id = ${tenantId} and batch_id = ${batchId} and state = 'examined'`.execute(transaction)
  return { credits: Number(rows[0]!.credits), milliseconds: Number(rows[0]!.milliseconds) }
}

/** A row with what has become of it. */
export interface FollowedRow extends KeptRow {
  readonly now: BatchRowState
  readonly job_failure_code: string | null
  readonly job_failure_data: Readonly<Record<string, unknown>> | null
  readonly export_id: string | null
}

/** A page of a batch's rows, by their numbers. */
export async function findRows(
  transaction: AnyTransaction,
  { tenantId, batchId }: BatchName,
  { state, after, limit }: { state: BatchRowState | undefined; after: number; limit: number },
): Promise<FollowedRow[]> {
  const { rows } = await sql<FollowedRow>`
    select * from (
      select line.*, file.id as export_id, job.failure_code as job_failure_code, job.failure_data as job_failure_data,
        coalesce(job.state, line.state) as now
      from render.batch_rows as line
      left join render.render_jobs as job
        on job.tenant_id = line.tenant_id and job.batch_id = line.batch_id and job.batch_row = line.row
      left join render.exports as file
        on file.tenant_id = job.tenant_id and file.render_job_id = job.id and file.state = 'ready'
      where line.tenant_id = ${tenantId} and line.batch_id = ${batchId} and line.row > ${after}
    ) as followed
    where ${state ?? null}::text is null or now = ${state ?? null}
    order by row limit ${limit}`.execute(transaction)
  return rows
}
