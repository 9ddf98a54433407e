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
