import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { findEntries } from './credit-entries-store.ts'
import { describeEntry } from './describe-credits.ts'
import { findMyAccount } from './find-account.ts'

/** Lists what changed the balance of whoever asks, a page at a time, the newest first. */
export async function listCreditEntries(
  identity: Identity,
  call: Call,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
) {
  const rows = await identity.database.transact(call.actor, async (transaction) => {
    const account = await findMyAccount(transaction, call)
    // One more tells whether there is a next page.
    return findEntries(transaction, account, { cursor, limit: limit + 1 })
  })
  const page = rows.slice(0, limit)
  return { entries: page.map(describeEntry), next: rows.length > page.length ? page.at(-1)!.id : null }
}
