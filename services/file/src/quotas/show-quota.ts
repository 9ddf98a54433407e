import type { Call } from '@flatrender/contracts/call'
import type { FileDeps } from '../deps.ts'
import { findStanding } from '../files/find-standing.ts'
import { readStored } from './quotas-store.ts'

/** What the account of whoever asks stores, and may store. Errors: CREDIT_ACCOUNT_UNKNOWN. */
export async function showQuota(deps: FileDeps, call: Call) {
  const { accountId, plan } = await findStanding(deps, call)
  const { tenantId } = call.actor
  const { used, reserved, exports } = await deps.database.transact(call.actor, (transaction) =>
    readStored(transaction, { tenantId, accountId }),
  )
  return { limitBytes: plan?.storageBytes ?? null, usedBytes: used + exports, reservedBytes: reserved }
}
