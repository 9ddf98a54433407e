import type { SystemTransaction } from '@flatrender/platform/db'
import { type Selectable, sql } from 'kysely'
import type { Tables } from '../tables.ts'

/** The row of a file that nodes get. */
export type InputRow = Selectable<Tables['render.inputs']>

/** Names a file by content. */
export interface InputName {
  readonly tenantId: string
  /** SHA-256 in hexadecimal. */
  readonly hash: string
  /** With its dot, or empty. */
  readonly extension: string
}

/** A file that is stored whole; it counts as used now. */
export async function findReadyInput(
  transaction: SystemTransaction<Tables>,
  { tenantId, hash, extension }: InputName,
): Promise<InputRow | undefined> {
  return transaction
    .updateTable('render.inputs')
    .set({ last_used_at: sql<Date>`now()` })
    .where('tenant_id', '=', tenantId)
    .where('hash', '=', Buffer.from(hash, 'hex'))
    .where('extension', '=', extension)
    .where('state', '=', 'ready')
    .returningAll()
    .executeTakeFirst()
}

/** Names the place of a file that is about to be stored: no file is without a row. */
export async function beginInput(
  transaction: SystemTransaction<Tables>,
  tenantId: string,
): Promise<InputRow> {
  const { rows } = await sql<InputRow>`
    insert into render.inputs (tenant_id, id, object_key)
    select ${tenantId}, made.id, 'render/' || ${tenantId} || '/inputs/' || made.id
    from (select platform.uuid_v7() as id) as made
    returning *`.execute(transaction)
  return rows[0]!
}

/**
 * Says that a file is there, whole. Where the same was stored meanwhile, that one counts, and this one's is to be removed:
 * then it gives the other.
 */
export async function completeInput(
  transaction: SystemTransaction<Tables>,
  begun: Pick<InputRow, 'tenant_id' | 'id'>,
  { hash, extension, bytes }: { hash: string; extension: string; bytes: number },
): Promise<InputRow> {
  const name = { tenantId: begun.tenant_id, hash, extension }
  // One after the other: of two that store the same at once the second finds the first's.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`render.inputs:${begun.tenant_id}:${hash}${extension}`}, 0))`.execute(
    transaction,
  )
  const known = await findReadyInput(transaction, name)
  if (known !== undefined) {
    await markRemoving(transaction, [begun])
    return known
  }
  return transaction
    .updateTable('render.inputs')
    .set({ state: 'ready', hash: Buffer.from(hash, 'hex'), extension, bytes: String(bytes) })
    .where('tenant_id', '=', begun.tenant_id)
    .where('id', '=', begun.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Says that files are about to be removed. */
async function markRemoving(
  transaction: SystemTransaction<Tables>,
  rows: readonly Pick<InputRow, 'tenant_id' | 'id'>[],
): Promise<void> {
  await sql`update render.inputs set state = 'removing' where (tenant_id, id) in (
    select * from unnest(${rows.map((row) => row.tenant_id)}::uuid[], ${rows.map(({ id }) => id)}::uuid[])
  )`.execute(transaction)
}

/** Forgets files that are gone. */
export async function deleteInputs(
  transaction: SystemTransaction<Tables>,
  rows: readonly Pick<InputRow, 'tenant_id' | 'id'>[],
): Promise<void> {
  await sql`delete from render.inputs where (tenant_id, id) in (
    select * from unnest(${rows.map((row) => row.tenant_id)}::uuid[], ${rows.map(({ id }) => id)}::uuid[])
  )`.execute(transaction)
}

/** Says that a render counts on files: they aren't removed while it does. */
export async function pinInputs(
  transaction: SystemTransaction<Tables>,
  rows: readonly Pick<InputRow, 'tenant_id' | 'id'>[],
  { tenantId, renderId }: { tenantId: string; renderId: string },
): Promise<void> {
  await sql`insert into render.input_pins (tenant_id, input_id, job_tenant_id, render_job_id)
    select pinned.tenant_id, pinned.id, ${tenantId}, ${renderId} from unnest(
      ${rows.map((row) => row.tenant_id)}::uuid[], ${rows.map(({ id }) => id)}::uuid[]
    ) as pinned (tenant_id, id) on conflict do nothing`.execute(transaction)
}

/** Lets renders that ended so many days ago count on files no more: what they made isn't made again after that. */
export async function unpinOldInputs(transaction: SystemTransaction<Tables>, days: number): Promise<void> {
  await sql`delete from render.input_pins as pin using render.render_jobs as job
    where job.tenant_id = pin.job_tenant_id and job.id = pin.render_job_id
      and job.finished_at < now() - make_interval(secs => ${days * 86_400}) and not exists (
        select from render.exports as file where file.tenant_id = job.tenant_id and file.render_job_id = job.id
          and file.state in ('ready', 'assembling')
      )`.execute(transaction)
}

/**
 * Marks files as removable that nobody counts on: unused for so many days, half stored for a day, or marked before by a
 * process that ended. Gives them, at most `limit`.
 */
export async function takeUnusedInputs(
  transaction: SystemTransaction<Tables>,
  { days, limit }: { days: number; limit: number },
): Promise<InputRow[]> {
  const { rows } = await sql<InputRow>`
    update render.inputs as input set state = 'removing' from (
      select tenant_id, id from render.inputs as unused
      where (
        state = 'removing' or (state = 'storing' and created_at < now() - interval '1 day')
        or (state = 'ready' and last_used_at < now() - make_interval(secs => ${days * 86_400}))
      ) and not exists (
        select from render.input_pins as pin where pin.tenant_id = unused.tenant_id and pin.input_id = unused.id
      )
      order by last_used_at limit ${limit} for update skip locked
    ) as taken where input.tenant_id = taken.tenant_id and input.id = taken.id returning input.*`.execute(
    transaction,
  )
  return rows
}
