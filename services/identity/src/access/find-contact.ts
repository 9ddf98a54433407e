import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { findUser } from '../users/users-store.ts'

/** Where a user of the tenant acted in gets mail; null for one who is gone. */
export async function findContact(identity: Identity, call: Call, { userId }: { userId: string }) {
  const { tenantId } = call.actor
  const user = await identity.database.transact(call.actor, (transaction) =>
    findUser(transaction, { tenantId, userId }),
  )
  if (user === undefined || user.email === null) return null
  return { email: user.email, name: user.name, language: user.language }
}
