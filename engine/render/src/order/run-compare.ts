import type { CompareOrder, NodeResult } from '@flatrender/contracts/node'
import { inputFile, type OrderRoom } from './order-room.ts'

/** Compares the pictures of segments that different nodes painted. Errors: WORK_CRASHED. */
export async function runCompare({ segments }: CompareOrder, room: OrderRoom): Promise<NodeResult> {
  const files = segments.map(({ hash }) => inputFile(room, hash))
  const { beside } = await room.pool.run({ kind: 'compare', files }, { signal: room.signal })
  return { kind: 'compare', beside: [...beside] }
}
