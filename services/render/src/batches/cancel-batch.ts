import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { BatchView } from '@flatrender/contracts/render'
import { tellAct } from '../acts/tell-act.ts'
import type { Render } from '../deps.ts'
import { beginCancel } from './begin-cancel.ts'
import { requireBatch } from './require-batch.ts'
import { showBatch } from './show-batch.ts'

/**
 * Cancels a batch: its rows now, its renders right after. One that is cancelled already stays so. Errors: BATCH_UNKNOWN,
 * BATCH_STATE_WRONG for one that has ended otherwise.
 */
export async function cancelBatch(render: Render, call: Call, { id }: { id: string }): Promise<BatchView> {
  const { actor } = call
  const name = { tenantId: actor.tenantId, batchId: id }
  await render.database.transact(actor, (transaction) => requireBatch(transaction, actor, id))
  await render.system.transact(async (transaction) => {
    if (await beginCancel(transaction, name))
      await tellAct(render, transaction, call, { action: 'batch.cancelled', subject: id })
  })
  const shown = await showBatch(render, call, { id })
  const { state } = shown
  if (state !== 'cancelling' && state !== 'cancelled')
    throw new FlatRenderError('BATCH_STATE_WRONG', { batch: id, state, wanted: 'cancelled' })
  return shown
}
