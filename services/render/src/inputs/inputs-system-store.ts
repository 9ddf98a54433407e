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

/** One spelling of an input's name. */
export const spellInput = ({ tenantId, hash, extension }: InputName): string =>
  `${tenantId} ${hash}${extension}`

/** What names an input that is stored. */
export const nameOfInput = ({ tenant_id: tenantId, hash, extension }: InputRow): string =>
  spellInput({ tenantId, hash: hash!.toString('hex'), extension })

const columns = (names: readonly InputName[]) =>
  sql`${names.map(({ tenantId }) => tenantId)}::uuid[], ${names.map(({ hash }) => hash)}::text[],
    ${names.map(({ extension }) => extension)}::text[]`

/** Takes files that are stored whole: they count as used now, and are held in one order for everybody. */
export async function useReadyInputs(
  transaction: SystemTransaction<Tables>,
  names: readonly InputName[],
): Promise<InputRow[]> {
  const { rows } = await sql<InputRow>`
    with ready as (
      select input.tenant_id, input.id from render.inputs as input
      join unnest(${columns(names)}) as wanted (tenant_id, hash, extension)
        on input.tenant_id = wanted.tenant_id and input.hash = decode(wanted.hash, 'hex')
          and input.extension = wanted.extension
      where input.state = 'ready'
      order by input.tenant_id, input.id for no key update of input
    )
    update render.inputs as input set last_used_at = now() from ready
    where input.tenant_id = ready.tenant_id and input.id = ready.id returning input.*`.execute(transaction)
  return rows
}

/** Names the places of files that are about to be stored, one for each tenant that is named: no file is without a row. */
export async function beginInputs(
  transaction: SystemTransaction<Tables>,
  tenantIds: readonly string[],
): Promise<InputRow[]> {
  if (tenantIds.length === 0) return []
  const { rows } = await sql<InputRow>`
    insert into render.inputs (tenant_id, id, object_key)
    select made.tenant_id, made.id, 'render/' || made.tenant_id || '/inputs/' || made.id
    from (select tenant_id, platform.uuid_v7() as id from unnest(${tenantIds}::uuid[]) as tenant_id) as made
    returning *`.execute(transaction)
  const byTenant = Map.groupBy(rows, (row) => row.tenant_id)
  return tenantIds.map((tenantId) => byTenant.get(tenantId)!.pop()!)
}

/** A file that is there now, and what it is. */
export interface CompletedInput extends InputName {
  readonly begun: Pick<InputRow, 'tenant_id' | 'id'>
  readonly bytes: number
}

/**
 * Says that files are there, whole, each under another name. Where the same was stored meanwhile, that one counts, and this
 * one's is to be removed: then it gives the other.
 */
export async function completeInputs(
  transaction: SystemTransaction<Tables>,
  completed: readonly CompletedInput[],
): Promise<InputRow[]> {
  if (completed.length === 0) return []
  // One after the other: of two that store the same at once the second finds the first's.
  await sql`select pg_advisory_xact_lock(lock) from (
    select hashtextextended('render.inputs:' || name, 0) as lock from unnest(${completed.map(spellInput)}::text[]) as name
    order by lock
  ) as locks`.execute(transaction)
  const known = new Map((await useReadyInputs(transaction, completed)).map((row) => [nameOfInput(row), row]))
  const isKnown = (one: CompletedInput) => known.has(spellInput(one))
  const fresh = completed.filter((one) => !isKnown(one))
  await markRemoving(
    transaction,
    completed.filter(isKnown).map(({ begun }) => begun),
  )
  for (const row of await readyInputs(transaction, fresh)) known.set(nameOfInput(row), row)
  return completed.map((one) => known.get(spellInput(one))!)
}

async function readyInputs(
  transaction: SystemTransaction<Tables>,
  fresh: readonly CompletedInput[],
): Promise<InputRow[]> {
  if (fresh.length === 0) return []
  const { rows } = await sql<InputRow>`
    update render.inputs as input set state = 'ready', hash = decode(done.hash, 'hex'), extension = done.extension,
      bytes = done.bytes
    from unnest(${columns(fresh)}, ${fresh.map(({ begun }) => begun.id)}::uuid[],
      ${fresh.map(({ bytes }) => bytes)}::bigint[]) as done (tenant_id, hash, extension, id, bytes)
    where input.tenant_id = done.tenant_id and input.id = done.id returning input.*`.execute(transaction)
  return rows
}

/** Says that files are about to be removed. */
async function markRemoving(
  transaction: SystemTransaction<Tables>,
  rows: readonly Pick<InputRow, 'tenant_id' | 'id'>[],
): Promise<void> {
  if (rows.length === 0) return
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

/** What counts on files: a render, a snapshot request or a crash record, by its id. */
export interface InputHolder {
  readonly tenantId: string
  readonly holderId: string
}

/** Says that something counts on files: they aren't removed while it does. */
export async function pinInputs(
  transaction: SystemTransaction<Tables>,
  rows: readonly Pick<InputRow, 'tenant_id' | 'id'>[],
  { tenantId, holderId }: InputHolder,
): Promise<void> {
  await sql`insert into render.input_pins (tenant_id, input_id, holder_tenant_id, holder_id)
    select pinned.tenant_id, pinned.id, ${tenantId}, ${holderId} from unnest(
      ${rows.map((row) => row.tenant_id)}::uuid[], ${rows.map(({ id }) => id)}::uuid[]
    ) as pinned (tenant_id, id) on conflict do nothing`.execute(transaction)
}

/** Lets renders that ended so many days ago count on files no more, once what they made isn't made again. */
export async function unpinOldInputs(transaction: SystemTransaction<Tables>, days: number): Promise<void> {
  await sql`delete from render.input_pins as pin using render.render_jobs as job
    where job.tenant_id = pin.holder_tenant_id and job.id = pin.holder_id
      and job.finished_at < now() - make_interval(secs => ${days * 86_400}) and not exists (
        select from render.exports as file where file.tenant_id = job.tenant_id and file.render_job_id = job.id
          and (file.state in ('ready', 'assembling') or file.recreation_ends_at > now())
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
