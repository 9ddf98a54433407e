import type { NodeWish } from '@flatrender/contracts/node'
import type { WholeNodeRow } from './nodes-system-store.ts'

/** What is wanted of a node: what its operators wish, unless it may do nothing at all. */
export const wishOf = ({ state, wish }: Pick<WholeNodeRow, 'state' | 'wish'>): NodeWish =>
  state === 'quarantined' || state === 'retired' ? 'pause' : wish
