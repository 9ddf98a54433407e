import { type Selectable, sql } from 'kysely'
import type { AnyTransaction, Tables } from '../tables.ts'

/** A finished file's row. */
export type ExportRow = Selectable<Tables['render.exports']>

/** The files of renders. */
export async function findExportsOf(
  transaction: AnyTransaction,
  tenantId: string,
  renderIds: readonly string[],
): Promise<ExportRow[]> {
  if (renderIds.length === 0) return []
  return transaction
    .selectFrom('render.exports')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('render_job_id', 'in', renderIds)
    .orderBy('id')
    .execute()
}

/** A finished file of a batch, with the row that it is of. */
export interface BatchExport extends ExportRow {
  readonly row: number
  /** What somebody called it. */
  readonly name: string | null
}

/** All files of a batch that are there, in the order of its rows. */
export async function findExportsOfBatch(
  transaction: AnyTransaction,
  { tenantId, batchId }: { tenantId: string; batchId: string },
): Promise<BatchExport[]> {
  const { rows } = await sql<BatchExport>`
    select file.*, line.row, line.name from render.batch_rows as line
    join render.render_jobs as job
      on job.tenant_id = line.tenant_id and job.batch_id = line.batch_id and job.batch_row = line.row
    join render.exports as file
      on file.tenant_id = job.tenant_id and file.render_job_id = job.id and file.state = 'ready'
    where line.tenant_id = ${tenantId} and line.batch_id = ${batchId}
    order by line.row`.execute(transaction)
  return rows
}

/** A file by its id. */
export async function findExport(
  transaction: AnyTransaction,
  { tenantId, exportId }: { tenantId: string; exportId: string },
): Promise<ExportRow | undefined> {
  return transaction
    .selectFrom('render.exports')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', exportId)
    .executeTakeFirst()
}

/** A file's time is over. */
export async function updateOver(
  transaction: AnyTransaction,
  { tenantId, exportId }: { tenantId: string; exportId: string },
): Promise<void> {
  await transaction
    .updateTable('render.exports')
    .set({ expires_at: sql<Date>`now()` })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', exportId)
    .where('state', '=', 'ready')
    .execute()
}
