import type { Event } from '@flatrender/platform/events'
import { deletePersonalRows, readDeleted } from '@flatrender/platform/personal'
import { beginCancel } from '../batches/begin-cancel.ts'
import type { Render } from '../deps.ts'
import { removeExpiredExports } from '../exports/remove-expired-exports.ts'
import { removeUnusedInputs } from '../inputs/remove-unused-inputs.ts'
import { endCancelled } from '../renders/end-render.ts'
import { evictSegments } from '../segments/evict-segments.ts'
import { evictSnapshots } from '../snapshots/evict-snapshots.ts'
import {
  emptyRenders,
  endExports,
  findOpenBatchesOf,
  findOpenOf,
  spoilSegments,
  spoilSnapshots,
} from './forgotten-system-store.ts'
import { listPainted } from './list-painted.ts'
import { personalTables } from './personal-tables.ts'

/**
 * A user was deleted: their batches and renders end, finished videos go, and what they gave, with all that was compiled and painted of it
 * for nobody else. That something was made, and what it cost, stays under their id.
 */
export async function forgetUser(render: Render, event: Event): Promise<void> {
  const { system } = render
  const person = readDeleted(event)
  for (const name of await system.transact((transaction) => findOpenBatchesOf(transaction, person)))
    await system.transact((transaction) => beginCancel(transaction, name))
  for (const name of await system.transact((transaction) => findOpenOf(transaction, person)))
    await system.transact((transaction) => endCancelled(render, transaction, name))
  const painted = await listPainted(render, person)
  await system.transact(async (transaction) => {
    await spoilSegments(transaction, person.tenantId, painted)
    await spoilSnapshots(transaction, person)
    await endExports(transaction, person)
    await emptyRenders(transaction, person)
    await deletePersonalRows(transaction, personalTables, person)
  })
  await removeExpiredExports(render)
  await removeUnusedInputs(render)
  await evictSegments(render)
  await evictSnapshots(render)
}
