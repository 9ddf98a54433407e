import type { Render } from '../deps.ts'
import { forgetSegmentObject, takeUnusedSegments } from './evict-segments-system-store.ts'

/** In one go. */
const AT_ONCE = 200

/** Job: removes segments that were of no use for long and that no render counts on, the row's word before its object. */
export async function evictSegments({ system, storage, config }: Render): Promise<void> {
  for (;;) {
    const taken = await system.transact((transaction) =>
      takeUnusedSegments(transaction, { days: config.segmentDays, limit: AT_ONCE }),
    )
    for (const segment of taken) {
      await storage.delete(segment.objectKey)
      await system.transact((transaction) => forgetSegmentObject(transaction, segment))
    }
    if (taken.length < AT_ONCE) return
  }
}
