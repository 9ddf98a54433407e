import { callAsSystem } from '@flatrender/contracts/call'
import type { SystemTransaction } from '@flatrender/platform/db'
import { tellAct } from '../acts/tell-act.ts'
import type { Render } from '../deps.ts'
import type { Tables } from '../tables.ts'

/** Tells that a node gets no work any more, which nobody but the farm has decided. */
export async function tellQuarantine(
  render: Render,
  transaction: SystemTransaction<Tables>,
  { tenantId, nodeId }: { readonly tenantId: string; readonly nodeId: string },
): Promise<void> {
  await render.emit(transaction, {
    type: 'render.node.quarantined',
    tenantId,
    subject: nodeId,
    data: { nodeId },
  })
  const act = { action: 'node.quarantined', subject: nodeId }
  await tellAct(render, transaction, callAsSystem(tenantId), act)
}
