import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { TenantTransaction } from '@flatrender/platform/db'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { checkCode } from '../factors/check-code.ts'
import { hasFactor } from '../factors/factors-store.ts'
import { renewProof } from '../sessions/proof-store.ts'
import type { LoginMethod, Tables } from '../tables.ts'
import { requireUser, requireUserId } from '../users/require-user.ts'
import { findUser } from '../users/users-store.ts'
import { type Attempt, countAttempt, forgiveAttempt } from './throttles-store.ts'

/**
 * Proves a login again, for dangerous acts: by the password or, where there is a second factor, by a code of it. Guesses are
 * throttled as logins are. Errors: PASSWORD_WRONG, MFA_CODE_WRONG, MFA_CODE_REQUIRED, LOGIN_THROTTLED, ACCESS_UNPROVEN for a
 * key, ACCESS_TOKEN_INVALID for a login that has ended.
 */
export async function stepUp(
  identity: Identity,
  call: Call,
  input: { password: string } | { code: string },
): Promise<{ provenUntil: string }> {
  const { tenantId } = call.actor
  const userId = requireUserId(call)
  const { user, attempt } = await identity.database.transact(call.actor, async (transaction) => {
    const user = await requireUser(transaction, call)
    if ('password' in input && (await hasFactor(transaction, { tenantId, userId })))
      throw new FlatRenderError('MFA_CODE_REQUIRED')
    const attempt = { tenantId, email: user.email!, address: call.address, userId }
    await countAttempt(transaction, attempt)
    return { user, attempt }
  })
  if ('password' in input && !(await identity.passwords.verify(user.password_hash, input.password)))
    throw new FlatRenderError('PASSWORD_WRONG')
  const until = await identity.database.transact(call.actor, async (transaction) => {
    const present = await findUser(transaction, { tenantId, userId }, { lock: true })
    if ('code' in input) {
      const method = await checkCode(identity, transaction, call, { userId, code: input.code })
      if (method === undefined) throw new FlatRenderError('MFA_CODE_WRONG')
      return keepProof(transaction, call, attempt, method)
    }
    // Another change came first, while this one was compared.
    if (present?.password_hash !== user.password_hash) throw new FlatRenderError('PASSWORD_WRONG')
    if (await hasFactor(transaction, { tenantId, userId })) throw new FlatRenderError('MFA_CODE_REQUIRED')
    return keepProof(transaction, call, attempt, 'password')
  })
  return { provenUntil: until.toISOString() }
}

async function keepProof(
  transaction: TenantTransaction<Tables>,
  call: Call,
  attempt: Attempt,
  method: LoginMethod,
): Promise<Date> {
  const { tenantId, sessionId } = call.actor
  await forgiveAttempt(transaction, attempt)
  const until =
    sessionId === null ? undefined : await renewProof(transaction, { tenantId, sessionId }, method)
  if (sessionId === null || until === undefined) throw new FlatRenderError('ACCESS_TOKEN_INVALID')
  await writeAudit(transaction, call, { action: 'session.proven', subject: sessionId, after: { method } })
  return until
}
