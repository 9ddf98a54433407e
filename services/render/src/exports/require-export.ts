import type { Actor } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { findRender, type RenderRow } from '../renders/renders-store.ts'
import { isInSight, sightOf } from '../renders/sight.ts'
import type { AnyTransaction } from '../tables.ts'
import { type ExportRow, findExport } from './exports-store.ts'

/** A finished file that the actor may see, with its render. Errors: EXPORT_UNKNOWN, for one of somebody else too. */
export async function requireExport(
  transaction: AnyTransaction,
  actor: Actor,
  id: string,
): Promise<{ file: ExportRow; row: RenderRow }> {
  const { tenantId } = actor
  const file = await findExport(transaction, { tenantId, exportId: id })
  const renderId = file?.render_job_id
  const row = renderId ? await findRender(transaction, { tenantId, renderId }) : undefined
  if (file === undefined || row === undefined || !isInSight(sightOf(actor), row))
    throw new FlatRenderError('EXPORT_UNKNOWN', { export: id })
  return { file, row }
}
