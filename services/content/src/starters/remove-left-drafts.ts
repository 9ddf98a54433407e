import type { Content } from '../deps.ts'
import { deleteDraft, findLeftDrafts, isKeyUsed } from './drafts-store.ts'
import { starterScope } from './starter-scope.ts'
import { takeTurns } from './starters-store.ts'

/**
 * Removes drafts that somebody began to publish and never will again, for their package was changed since: the stored file
 * first, so that none stays that no row knows of. Errors: those of the storage.
 */
export async function removeLeftDrafts({ database, storage }: Content): Promise<void> {
  const drafts = await database.transact(starterScope, findLeftDrafts)
  for (const { id, slug, key } of drafts)
    await database.transact(starterScope, async (transaction) => {
      await takeTurns(transaction, slug)
      // The row is gone with the transaction's end alone: whoever is killed before that finds the draft again.
      if (!(await deleteDraft(transaction, id))) return
      if (!(await isKeyUsed(transaction, key))) await storage.delete(key)
    })
}
