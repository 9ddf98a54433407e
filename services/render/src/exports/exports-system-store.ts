import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { RenderName } from '../renders/render-name.ts'
import type { Tables } from '../tables.ts'
import type { ExportRow } from './exports-store.ts'

/** Begins a render's file, or begins it again; a file that is there stays. Its object has a name before it is there. */
export async function beginExport(
  transaction: SystemTransaction<Tables>,
  { tenantId, renderId }: RenderName,
  { container, frameJobId }: { container: ExportRow['container']; frameJobId: string },
): Promise<ExportRow | undefined> {
  const { rows } = await sql<ExportRow>`
    insert into render.exports as file (tenant_id, id, render_job_id, container, object_key)
    select ${tenantId}, made.id, ${renderId}, ${container},
      'render/' || ${tenantId} || '/exports/' || made.id || '.' || ${frameJobId} || '.' || ${container}
    from (select platform.uuid_v7() as id) as made
    on conflict (tenant_id, render_job_id, batch_id, container) do update
      set state = 'assembling', failure_code = null, bytes = null, hash = null, expires_at = null,
        object_key = 'render/' || ${tenantId} || '/exports/' || file.id || '.' || ${frameJobId} || '.' || ${container}
      where file.state <> 'ready'
    returning *`.execute(transaction)
  return rows[0]
}

/** A render's file while it is made; undefined for one that isn't. */
export async function holdExportOf(
  transaction: SystemTransaction<Tables>,
  { tenantId, renderId }: RenderName,
): Promise<ExportRow | undefined> {
  return transaction
    .selectFrom('render.exports')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('render_job_id', '=', renderId)
    .where('state', '=', 'assembling')
    .forUpdate()
    .executeTakeFirst()
}

/** Says that a file is there, for so many days, and that it can be made again for so many after those. */
export async function completeExport(
  transaction: SystemTransaction<Tables>,
  { tenant_id, id }: Pick<ExportRow, 'tenant_id' | 'id'>,
  file: { hash: string; bytes: number; durationMs: number; days: number; recreateDays: number },
): Promise<void> {
  await transaction
    .updateTable('render.exports')
    .set({
      state: 'ready',
      hash: Buffer.from(file.hash, 'hex'),
      bytes: String(file.bytes),
      duration_ms: file.durationMs,
      expires_at: sql<Date>`now() + make_interval(secs => ${file.days * 86_400})`,
      recreation_ends_at: sql<Date>`now() + make_interval(secs => ${(file.days + file.recreateDays) * 86_400})`,
    })
    .where('tenant_id', '=', tenant_id)
    .where('id', '=', id)
    .execute()
}

/** Says that a render's file will not be there. What lies under its name is removed later. */
export async function giveUpExport(
  transaction: SystemTransaction<Tables>,
  { tenantId, renderId }: RenderName,
  code: string,
): Promise<void> {
  await transaction
    .updateTable('render.exports')
    .set({ state: 'failed', failure_code: code })
    .where('tenant_id', '=', tenantId)
    .where('render_job_id', '=', renderId)
    .where('state', '=', 'assembling')
    .execute()
}

/** Files whose time is over are expired from now on. Gives them, at most `limit`. */
export async function expireExports(
  transaction: SystemTransaction<Tables>,
  limit: number,
): Promise<ExportRow[]> {
  const { rows } = await sql<ExportRow>`
    update render.exports as file set state = 'expired', file_id = null from (
      select tenant_id, id from render.exports where state = 'ready' and expires_at <= now()
      order by expires_at limit ${limit} for update skip locked
    ) as late where file.tenant_id = late.tenant_id and file.id = late.id returning file.*`.execute(
    transaction,
  )
  return rows
}

/** Files that are no more, whose objects may still be there; nobody writes them any more. */
export async function findGoneExports(
  transaction: SystemTransaction<Tables>,
  limit: number,
): Promise<ExportRow[]> {
  const { rows } = await sql<ExportRow>`
    select * from render.exports as file
    where state in ('expired', 'failed') and object_key is not null and not exists (
      select from render.frame_jobs as job where job.tenant_id = file.tenant_id
        and job.render_job_id = file.render_job_id and job.state in ('pending', 'leased')
    ) limit ${limit}`.execute(transaction)
  return rows
}

/** Says that a file's object is gone, if it is still that one. */
export async function forgetObject(
  transaction: SystemTransaction<Tables>,
  { tenant_id, id, object_key }: ExportRow,
): Promise<void> {
  await transaction
    .updateTable('render.exports')
    .set({ object_key: null })
    .where('tenant_id', '=', tenant_id)
    .where('id', '=', id)
    .where('object_key', '=', object_key)
    .where('state', 'in', ['expired', 'failed'])
    .execute()
}

/** Frame jobs that join a render's segments and that it still waits for, held until the transaction ends. */
export async function holdAssembleJobs(
  transaction: SystemTransaction<Tables>,
  { tenantId, renderId }: RenderName,
): Promise<{ tenantId: string; id: string }[]> {
  const { rows } = await sql<{ tenantId: string; id: string }>`
    select tenant_id as "tenantId", id from render.frame_jobs
    where tenant_id = ${tenantId} and render_job_id = ${renderId} and kind = 'assemble'
      and state in ('pending', 'leased')
    order by id for update`.execute(transaction)
  return rows
}

/** Says that a file that is no more is being made again; undefined for one that isn't as it was when it was looked at. */
export async function beginAgain(
  transaction: SystemTransaction<Tables>,
  { tenant_id, id, state }: ExportRow,
): Promise<ExportRow | undefined> {
  return transaction
    .updateTable('render.exports')
    .set({ state: 'assembling', failure_code: null, bytes: null, hash: null, expires_at: null })
    .where('tenant_id', '=', tenant_id)
    .where('id', '=', id)
    .where('state', '=', state)
    .returningAll()
    .executeTakeFirst()
}

/** Says under which id its owner finds a file. */
export async function nameFileOf(
  transaction: SystemTransaction<Tables>,
  { tenant_id, id }: ExportRow,
  fileId: string,
): Promise<void> {
  await transaction
    .updateTable('render.exports')
    .set({ file_id: fileId })
    .where('tenant_id', '=', tenant_id)
    .where('id', '=', id)
    .where('state', '=', 'ready')
    .execute()
}
