import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Identity } from '../deps.ts'
import { requireUser, requireUserId } from '../users/require-user.ts'
import { findUser } from '../users/users-store.ts'
import { findAccounts, findAccountUser } from './accounts-store.ts'
import { describeAccount } from './describe-account.ts'
import { endTrip, type TripEnd } from './end-trip.ts'
import { linkAccount } from './link-account.ts'
import { findProvider } from './providers-store.ts'

/**
 * Links the account that I came back with to mine; whose address it has doesn't matter. One that is linked to me already
 * stays so. Errors: those of ending the trip, OAUTH_ACCOUNT_TAKEN, ACCESS_UNPROVEN for a key.
 */
export async function finishLink(identity: Identity, call: Call, input: TripEnd) {
  const { tenantId } = call.actor
  const userId = requireUserId(call)
  const { row, person } = await endTrip(identity, call, input, userId)
  const account = { tenantId, providerId: row.id, subject: person.subject }
  return identity.database.transact(call.actor, async (transaction) => {
    await requireUser(transaction, call)
    // Held in the order in which logins hold them.
    const provider = await findProvider(transaction, { tenantId, id: row.id }, 'to change')
    if (provider?.state !== 'active') throw new FlatRenderError('OAUTH_PROVIDER_UNKNOWN')
    await findUser(transaction, { tenantId, userId }, { lock: true })
    const holder = await findAccountUser(transaction, account)
    if (
      holder !== userId &&
      (await linkAccount(identity, transaction, call, { ...account, userId, email: person.email })) ===
        undefined
    )
      throw new FlatRenderError('OAUTH_ACCOUNT_TAKEN')
    const linked = await findAccounts(transaction, { tenantId, userId })
    return describeAccount(linked.find(({ provider_key }) => provider_key === row.key)!)
  })
}
