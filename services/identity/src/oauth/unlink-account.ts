import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { assertProven } from '../sessions/assert-proven.ts'
import { requireUserId } from '../users/require-user.ts'
import { findUser } from '../users/users-store.ts'
import { deleteAccount, findAccounts } from './accounts-store.ts'

/**
 * Unlinks one of my accounts elsewhere; without a password, one stays whose provider isn't paused. Errors: OAUTH_ACCOUNT_UNKNOWN, OAUTH_ACCOUNT_NEEDED,
 * STEP_UP_REQUIRED, ACCESS_UNPROVEN for a key.
 */
export async function unlinkAccount(
  identity: Identity,
  call: Call,
  { id }: { id: string },
): Promise<Record<string, never>> {
  const { tenantId } = call.actor
  const userId = requireUserId(call)
  const name = { tenantId, userId }
  await identity.database.transact(call.actor, async (transaction) => {
    await assertProven(transaction, call)
    const user = await findUser(transaction, name, { lock: true })
    if (!(await deleteAccount(transaction, name, id))) throw new FlatRenderError('OAUTH_ACCOUNT_UNKNOWN')
    const left = await findAccounts(transaction, name)
    const opens = left.some((account) => account.provider_state === 'active')
    if (user?.password_hash === null && !opens) throw new FlatRenderError('OAUTH_ACCOUNT_NEEDED')
    await writeAudit(transaction, call, { action: 'oauth.account_unlinked', subject: id })
    await identity.emit(transaction, {
      type: 'identity.oauth_account.unlinked',
      tenantId,
      subject: id,
      data: { accountId: id, userId },
    })
  })
  return {}
}
