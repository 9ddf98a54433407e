import type { SystemTransaction } from '@flatrender/platform/db'
import { enqueue } from '@flatrender/platform/events'
import type { RenderName } from '../renders/render-name.ts'
import type { Tables } from '../tables.ts'

/** The job that has a render's segments joined. */
const ASSEMBLE_RENDER = 'render.assemble-render'

/** Has a render's segments joined, once the transaction is done. */
export async function assembleLater(
  transaction: SystemTransaction<Tables>,
  { tenantId, renderId }: RenderName,
): Promise<void> {
  await enqueue(transaction, { task: ASSEMBLE_RENDER, payload: { tenantId, renderId }, key: renderId })
}
