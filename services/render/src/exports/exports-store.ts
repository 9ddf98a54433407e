import type { Selectable } from 'kysely'
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
