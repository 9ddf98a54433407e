import type { Event } from '@flatrender/platform/events'
import { deletePersonalRows, readDeleted } from '@flatrender/platform/personal'
import type { Render } from '../deps.ts'
import { removeExpiredExports } from '../exports/remove-expired-exports.ts'
import { endCancelled } from '../renders/end-render.ts'
import { emptyRenders, endExports, findOpenOf } from './forgotten-system-store.ts'
import { personalTables } from './personal-tables.ts'

/**
 * A user was deleted: their renders end, finished videos go, and of what they gave nothing stays. That something was made, and
 * what it cost, does, under their id.
 */
export async function forgetUser(render: Render, event: Event): Promise<void> {
  const { system } = render
  const person = readDeleted(event)
  for (const name of await system.transact((transaction) => findOpenOf(transaction, person)))
    await system.transact((transaction) => endCancelled(render, transaction, name))
  await system.transact(async (transaction) => {
    await endExports(transaction, person)
    await emptyRenders(transaction, person)
    await deletePersonalRows(transaction, personalTables, person)
  })
  await removeExpiredExports(render)
}
