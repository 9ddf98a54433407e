import type { Call } from '@flatrender/contracts/call'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { findUserByEmail } from '../users/users-store.ts'
import { mailToken } from './mail-token.ts'

/** Has a token mailed that sets a new password. The answer is the same for an address that is nobody's. */
export async function forgotPassword(
  identity: Identity,
  call: Call,
  { email }: { email: string },
): Promise<Record<string, never>> {
  const { tenantId } = call.actor
  await identity.database.transact(call.actor, async (transaction) => {
    const user = await findUserByEmail(transaction, tenantId, email)
    if (user?.state !== 'active') return
    const userId = user.id
    await mailToken(identity, transaction, { tenantId, userId, purpose: 'reset_password' })
    await writeAudit(transaction, call, { action: 'password.reset_requested', subject: userId })
  })
  return {}
}
