import { asSystem, type Call, type RowsByTable } from '@flatrender/contracts/call'
import { findPersonalRows } from '@flatrender/platform/personal'
import type { Identity } from '../deps.ts'
import { assertProven } from '../sessions/assert-proven.ts'
import { requireUser, requireUserId } from '../users/require-user.ts'
import { personalTables } from './personal-tables.ts'

/**
 * All that is kept of whoever asks, by service and table, without secrets: every service answers for its own rows. Errors:
 * STEP_UP_REQUIRED, ACCESS_UNPROVEN for a key, SERVICE_UNAVAILABLE where one of the services can't be asked.
 */
export async function exportMe(identity: Identity, call: Call) {
  const { tenantId } = call.actor
  const userId = requireUserId(call)
  const mine = await identity.database.transact(call.actor, async (transaction) => {
    await requireUser(transaction, call)
    await assertProven(transaction, call)
    return findPersonalRows(transaction, personalTables, { tenantId, userId })
  })
  const services: Record<string, RowsByTable> = { identity: mine }
  for (const [name, keeper] of Object.entries(identity.keepers))
    services[name] = (await keeper.rows.ofUser({ userId }, { context: asSystem(call) })).rows
  return { exportedAt: new Date().toISOString(), services }
}
