import type { SystemTransaction } from '@flatrender/platform/db'
import type { Render } from '../deps.ts'
import type { Tables } from '../tables.ts'
import { quarantineFailing } from './nodes-system-store.ts'
import { tellQuarantine } from './tell-quarantine.ts'

/** Quarantines nodes of which half of the last ten attempts failed, if others do better, and tells so. */
export async function quarantineNodes(
  render: Render,
  transaction: SystemTransaction<Tables>,
  nodeIds: readonly string[],
): Promise<void> {
  for (const nodeId of nodeIds) {
    const quarantined = await quarantineFailing(transaction, nodeId)
    if (quarantined === undefined) continue
    render.knownNodes.forget(nodeId)
    await tellQuarantine(render, transaction, { ...quarantined, nodeId })
  }
}
