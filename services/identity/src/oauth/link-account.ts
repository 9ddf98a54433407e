import type { Call } from '@flatrender/contracts/call'
import type { TenantTransaction } from '@flatrender/platform/db'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import type { Tables } from '../tables.ts'
import { type AccountName, insertAccount } from './accounts-store.ts'

/** Links an account elsewhere to a user, and tells of it; undefined where it is another's, or they have one of this provider. */
export async function linkAccount(
  identity: Identity,
  transaction: TenantTransaction<Tables>,
  call: Call,
  { userId, email, ...name }: AccountName & { userId: string; email: string | null },
): Promise<string | undefined> {
  const { tenantId, providerId } = name
  const accountId = await insertAccount(transaction, name, { userId, email })
  if (accountId === undefined) return undefined
  const act = { action: 'oauth.account_linked', subject: accountId, userId, after: { providerId } }
  await writeAudit(transaction, call, act)
  await identity.emit(transaction, {
    type: 'identity.oauth_account.linked',
    tenantId,
    subject: accountId,
    data: { accountId, userId },
  })
  return accountId
}
