import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { tellAct } from '../acts/tell-act.ts'
import type { Render } from '../deps.ts'
import { endCancelled } from './end-render.ts'
import { requireRender } from './require-render.ts'
import { showRender } from './show-render.ts'

/**
 * Cancels a render; one that is cancelled already stays so. Errors: RENDER_UNKNOWN, RENDER_STATE_WRONG for one that has
 * ended otherwise.
 */
export async function cancelRender(render: Render, call: Call, { id }: { id: string }) {
  const { actor } = call
  const { tenantId } = actor
  // Seen with the rights of whoever asks; what it counts on may be kept under a tenant above.
  await render.database.transact(actor, (transaction) => requireRender(transaction, actor, id))
  await render.system.transact(async (transaction) => {
    if (await endCancelled(render, transaction, { tenantId, renderId: id }))
      await tellAct(render, transaction, call, { action: 'render.cancelled', subject: id })
  })
  const { modifications: _given, ...shown } = await showRender(render, call, { id })
  const { state } = shown
  if (state !== 'cancelled')
    throw new FlatRenderError('RENDER_STATE_WRONG', { render: id, state, wanted: 'cancelled' })
  return shown
}
