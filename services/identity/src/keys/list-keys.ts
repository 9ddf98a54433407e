import type { Call, Page } from '@flatrender/contracts/call'
import { cutPage } from '@flatrender/platform/service'
import type { Identity } from '../deps.ts'
import { describeKey } from './describe-key.ts'
import { findKeys } from './keys-store.ts'

/** Lists the tenant's API keys that are not revoked. */
export async function listKeys(identity: Identity, call: Call, { cursor, limit }: Page) {
  const rows = await identity.database.transact(call.actor, (transaction) =>
    findKeys(transaction, call.actor.tenantId, { cursor, limit: limit + 1 }),
  )
  const { page, next } = cutPage(rows, limit)
  return { keys: page.map(describeKey), next }
}
