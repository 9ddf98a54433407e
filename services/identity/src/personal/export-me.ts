import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { assertProven } from '../sessions/assert-proven.ts'
import { requireUser, requireUserId } from '../users/require-user.ts'
import { findPersonalRows } from './personal-rows-store.ts'

/** All that is kept of whoever asks, by service and table, without secrets. Errors: STEP_UP_REQUIRED, ACCESS_UNPROVEN for a key. */
export async function exportMe(identity: Identity, call: Call) {
  const name = { tenantId: call.actor.tenantId, userId: requireUserId(call) }
  const rows = await identity.database.transact(call.actor, async (transaction) => {
    await requireUser(transaction, call)
    await assertProven(transaction, call)
    return findPersonalRows(transaction, name)
  })
  return { exportedAt: new Date().toISOString(), services: { identity: rows } }
}
