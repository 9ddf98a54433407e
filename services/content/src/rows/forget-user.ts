import type { Event } from '@flatrender/platform/events'
import { deletePersonalRows, readDeleted } from '@flatrender/platform/personal'
import type { Content } from '../deps.ts'
import { emptyWords } from './forgotten-store.ts'
import { personalTables } from './personal-tables.ts'

/** A user was deleted: so is what they liked and said. Templates are their tenant's, and stay. */
export async function forgetUser({ database }: Content, event: Event): Promise<void> {
  const person = readDeleted(event)
  await database.transact({ tenantId: person.tenantId, visibleTenants: [] }, async (transaction) => {
    await emptyWords(transaction, person)
    await deletePersonalRows(transaction, personalTables, person)
  })
}
