import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { describeKey } from './describe-key.ts'
import { findKeys } from './keys-store.ts'

/** Lists the tenant's API keys that are not revoked. */
export async function listKeys(identity: Identity, call: Call) {
  const rows = await identity.database.transact(call.actor, (transaction) =>
    findKeys(transaction, call.actor.tenantId),
  )
  return { keys: rows.map(describeKey) }
}
