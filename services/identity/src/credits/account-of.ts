import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { findAccountOf } from './find-account.ts'

/** Tells a service whose credits pay for a user's work. Errors: CREDIT_ACCOUNT_UNKNOWN. */
export async function accountOf(
  identity: Identity,
  { actor }: Call,
  { userId }: { userId: string | null },
): Promise<{ accountId: string }> {
  const { tenantId } = actor
  const { accountId } = await identity.database.transact(actor, (transaction) =>
    findAccountOf(transaction, { tenantId, userId }),
  )
  return { accountId }
}
