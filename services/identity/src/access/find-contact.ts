import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { findUser } from '../users/users-store.ts'

/**
 * Where a user of the tenant acted in gets mail; null for one who is gone. Nothing that was written with an address is told
 * before the address is proven: strangers would mail their words to anybody.
 */
export async function findContact(identity: Identity, call: Call, { userId }: { userId: string }) {
  const { tenantId } = call.actor
  const user = await identity.database.transact(call.actor, (transaction) =>
    findUser(transaction, { tenantId, userId }),
  )
  if (user === undefined || user.email === null) return null
  return { email: user.email, name: greetedAs(user), language: user.language }
}

/** The name that mails greet with: none as long as anybody may have given it. */
export function greetedAs(user: { name: string; email_verified_at: Date | null }): string {
  return user.email_verified_at === null ? '' : user.name
}
