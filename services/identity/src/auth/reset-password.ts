import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { endSessions } from '../sessions/end-sessions.ts'
import { findUser, updateUser } from '../users/users-store.ts'
import { forgiveAccount } from './throttles-store.ts'
import { closeTokens, findTokenUser, useToken } from './user-tokens-store.ts'

/**
 * Sets a new password with the token mailed, and ends every login. The token proves the address too.
 * Errors: USER_TOKEN_INVALID, SERVICE_UNAVAILABLE when too many passwords wait to be hashed.
 */
export async function resetPassword(
  identity: Identity,
  call: Call,
  { token, password }: { token: string; password: string },
): Promise<Record<string, never>> {
  const { tenantId } = call.actor
  const asked = { tenantId, purpose: 'reset_password', token } as const
  const open = await identity.database.transact(call.actor, (transaction) =>
    findTokenUser(transaction, asked),
  )
  // Nothing is hashed for those who only guess.
  if (open === undefined) throw new FlatRenderError('USER_TOKEN_INVALID')
  const passwordHash = await identity.passwords.hash(password)
  await identity.database.transact(call.actor, async (transaction) => {
    const used = await useToken(transaction, asked)
    if (used === undefined) throw new FlatRenderError('USER_TOKEN_INVALID')
    const { userId } = used
    const user = await findUser(transaction, { tenantId, userId })
    if (user?.state !== 'active') throw new FlatRenderError('USER_TOKEN_INVALID')
    await updateUser(transaction, { tenantId, userId }, { passwordHash, verified: true })
    await closeTokens(transaction, { tenantId, userId })
    await forgiveAccount(transaction, { tenantId, email: user.email! })
    await endSessions(identity, transaction, call, { userId, reason: 'password_changed' })
    await writeAudit(transaction, call, { action: 'password.reset', subject: userId, userId })
    const types = ['identity.password.changed'] as const
    const proven = user.email_verified_at === null ? (['identity.user.verified'] as const) : []
    for (const type of [...types, ...proven])
      await identity.emit(transaction, { type, tenantId, subject: userId, data: { userId } })
  })
  return {}
}
