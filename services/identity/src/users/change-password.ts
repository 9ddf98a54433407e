import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { writeAudit } from '../audit/audit-store.ts'
import { countAttempt, forgiveAttempt } from '../auth/throttles-store.ts'
import { closeTokens } from '../auth/user-tokens-store.ts'
import type { Identity } from '../deps.ts'
import { endSessions } from '../sessions/end-sessions.ts'
import { requireUser, requireUserId } from './require-user.ts'
import { findUser, updateUser } from './users-store.ts'

/**
 * Changes the password of whoever asks, and ends their other logins. Guesses at the present one are throttled as logins are.
 * Errors: PASSWORD_WRONG, LOGIN_THROTTLED, ACCESS_UNPROVEN for a key.
 */
export async function changePassword(
  identity: Identity,
  call: Call,
  input: { currentPassword: string; password: string },
): Promise<Record<string, never>> {
  const { tenantId, sessionId } = call.actor
  const userId = requireUserId(call)
  const { user, attempt } = await identity.database.transact(call.actor, async (transaction) => {
    const user = await requireUser(transaction, call)
    const attempt = { tenantId, email: user.email!, address: call.address, userId }
    await countAttempt(transaction, attempt)
    return { user, attempt }
  })
  if (!(await identity.passwords.verify(user.password_hash, input.currentPassword)))
    throw new FlatRenderError('PASSWORD_WRONG')
  const passwordHash = await identity.passwords.hash(input.password)
  await identity.database.transact(call.actor, async (transaction) => {
    const present = await findUser(transaction, { tenantId, userId }, { lock: true })
    // Another change came first, while this one was hashed.
    if (present?.password_hash !== user.password_hash) throw new FlatRenderError('PASSWORD_WRONG')
    await forgiveAttempt(transaction, attempt)
    await updateUser(transaction, { tenantId, userId }, { passwordHash })
    await closeTokens(transaction, { tenantId, userId })
    await endSessions(identity, transaction, call, {
      userId,
      except: sessionId,
      reason: 'password_changed',
    })
    await writeAudit(transaction, call, { action: 'password.changed', subject: userId })
    await identity.emit(transaction, {
      type: 'identity.password.changed',
      tenantId,
      subject: userId,
      data: { userId },
    })
  })
  return {}
}
