import type { NodeWish } from '@flatrender/contracts/node'
import type { WholeNodeRow } from './nodes-system-store.ts'

/** What is wanted of a node in its state. */
export function wishOf(state: WholeNodeRow['state']): NodeWish {
  if (state === 'draining') return 'drain'
  return state === 'paused' || state === 'quarantined' || state === 'retired' ? 'pause' : 'work'
}
