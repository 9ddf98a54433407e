import type { Event } from '@flatrender/platform/events'
import { deletePersonalRows } from '@flatrender/platform/personal'
import { z } from 'zod'
import type { Content } from '../deps.ts'
import { emptyWords } from './forgotten-store.ts'
import { personalTables } from './personal-tables.ts'

const said = z.object({ userId: z.guid() })

/** A user was deleted: so is what they liked and said. Templates are their tenant's, and stay. */
export async function forgetUser({ database }: Content, { tenantId, data }: Event): Promise<void> {
  if (tenantId === null) return
  const person = { tenantId, userId: said.parse(data).userId }
  await database.transact({ tenantId, visibleTenants: [] }, async (transaction) => {
    await emptyWords(transaction, person)
    await deletePersonalRows(transaction, personalTables, person)
  })
}
