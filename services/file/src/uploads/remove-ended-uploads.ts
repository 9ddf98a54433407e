import type { FileDeps } from '../deps.ts'
import { deleteUpload, expireUploads } from './uploads-system-store.ts'

/** Uploads that are looked at in one turn. */
const BATCH = 100

/**
 * Removes uploads whose addresses open nothing any more, with whatever came to them: given up ones, and what was sent to
 * completed ones later. Rows go last, so that no object is ever unknown to all of them.
 */
export async function removeEndedUploads({ system, storage }: FileDeps): Promise<void> {
  for (;;) {
    const ended = await system.transact((transaction) => expireUploads(transaction, BATCH))
    for (const upload of ended) {
      await storage.delete(upload.objectKey)
      if (upload.contentKey !== null) await storage.delete(upload.contentKey)
      await system.transact((transaction) => deleteUpload(transaction, upload))
    }
    if (ended.length < BATCH) return
  }
}
