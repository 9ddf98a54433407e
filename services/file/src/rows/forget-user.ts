import type { Event } from '@flatrender/platform/events'
import { deletePersonalRows, readDeleted } from '@flatrender/platform/personal'
import type { FileDeps } from '../deps.ts'
import { takeOff } from '../files/take-off.ts'
import { emptyFiles } from './forgotten-store.ts'
import { personalTables } from './personal-tables.ts'

/**
 * A user was deleted: so are their files, whoever needs them, and what those were called. Uploads under way end by
 * themselves.
 */
export async function forgetUser(deps: FileDeps, event: Event): Promise<void> {
  const { tenantId, userId } = readDeleted(event)
  await deps.database.transact({ tenantId, visibleTenants: [] }, async (transaction) => {
    await takeOff(deps, transaction, { tenantId, ownerId: userId })
    await emptyFiles(transaction, { tenantId, userId })
    await deletePersonalRows(transaction, personalTables, { tenantId, userId })
  })
}
