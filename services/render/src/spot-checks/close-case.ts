import type { SystemTransaction } from '@flatrender/platform/db'
import type { Render } from '../deps.ts'
import { quarantineOdd } from '../nodes/nodes-system-store.ts'
import { tellQuarantine } from '../nodes/tell-quarantine.ts'
import type { Tables } from '../tables.ts'
import { loseSegment, type SpotCheckRow, updateClosed } from './spot-checks-system-store.ts'

/**
 * Closes the case that a difference has opened, once it is known with which of the two a third node agrees: the other is odd.
 * With both or neither, nobody is.
 */
export async function closeCase(
  render: Render,
  transaction: SystemTransaction<Tables>,
  check: SpotCheckRow,
  agrees: { readonly first: boolean; readonly second: boolean },
): Promise<void> {
  const { firstNodeId, secondNodeId } = check
  const odd = agrees.first === agrees.second ? null : agrees.first ? secondNodeId : firstNodeId
  await updateClosed(transaction, check, { oddNodeId: odd })
  if (odd === null) return
  if (odd === firstNodeId) await loseSegment(transaction, check)
  const quarantined = await quarantineOdd(transaction, odd)
  render.knownNodes.forget(odd)
  if (quarantined !== undefined) await tellQuarantine(render, transaction, { ...quarantined, nodeId: odd })
}
