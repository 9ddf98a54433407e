import type { Event } from '@flatrender/platform/events'
import { deletePersonalRows } from '@flatrender/platform/personal'
import type { NotificationDeps } from '../deps.ts'
import { personalTables } from '../rows/personal-tables.ts'
import { emptyDeliveries } from './deliveries-store.ts'
import { readUserId } from './read-user-id.ts'

/** A user was deleted: forgets where they were reached, and all that was told to them. */
export async function forgetUser({ database }: NotificationDeps, event: Event): Promise<void> {
  const { tenantId } = event
  if (tenantId === null) return
  const userId = readUserId(event)
  await database.transact({ tenantId, visibleTenants: [] }, async (transaction) => {
    await emptyDeliveries(transaction, { tenantId, userId })
    await deletePersonalRows(transaction, personalTables, { tenantId, userId })
  })
}
