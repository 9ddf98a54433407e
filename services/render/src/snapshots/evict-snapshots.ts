import type { Render } from '../deps.ts'
import { deleteOldRequests, deletePictures, takeUnusedPictures } from './snapshots-system-store.ts'

/** Removed in one go. */
const AT_ONCE = 100

/** Removes pictures that nobody has asked for in a long time, the file before its row. */
export async function evictSnapshots({ system, storage, config }: Render): Promise<void> {
  await system.transact((transaction) => deleteOldRequests(transaction, config.snapshotDays))
  for (;;) {
    const rows = await system.transact((transaction) =>
      takeUnusedPictures(transaction, { days: config.snapshotDays, limit: AT_ONCE }),
    )
    for (const { object_key: key } of rows) if (key !== null) await storage.delete(key)
    await system.transact((transaction) => deletePictures(transaction, rows))
    if (rows.length < AT_ONCE) return
  }
}
