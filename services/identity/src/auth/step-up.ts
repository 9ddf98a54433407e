import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { TenantTransaction } from '@flatrender/platform/db'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { checkSecond, type Evidence } from '../factors/check-second.ts'
import { hasFactor } from '../factors/factors-store.ts'
import { renewProof } from '../sessions/proof-store.ts'
import type { LoginMethod, Tables } from '../tables.ts'
import { requireSession } from '../users/require-session.ts'
import { requireUser } from '../users/require-user.ts'
import { findUser } from '../users/users-store.ts'
import { type Attempt, countAttempt, forgiveAttempt } from './throttles-store.ts'

/**
 * Proves a login again, for dangerous acts: by the password or, where there is a second factor, by that. Guesses are throttled
 * as logins are. Errors: PASSWORD_WRONG, MFA_CODE_WRONG, MFA_CODE_REQUIRED, WEBAUTHN_REFUSED, WEBAUTHN_COPIED, LOGIN_THROTTLED,
 * ACCESS_UNPROVEN for a key, ACCESS_TOKEN_INVALID for a login that has ended.
 */
export async function stepUp(
  identity: Identity,
  call: Call,
  input: { password: string } | Evidence,
): Promise<{ provenUntil: string }> {
  const { tenantId } = call.actor
  const { userId, sessionId } = requireSession(call)
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
  const proof = await identity.database.transact(call.actor, async (transaction) => {
    const present = await findUser(transaction, { tenantId, userId }, { lock: true })
    if (!('password' in input)) {
      const question = { act: 'step_up', of: sessionId } as const
      const shown = await checkSecond(identity, transaction, call, { userId, evidence: input, ...question })
      // What throws is undone: the caller throws, after the challenge has been used up.
      if ('failure' in shown) return shown
      return { until: await keepProof(transaction, call, attempt, shown.method) }
    }
    // Another change came first, while this one was compared.
    if (present?.password_hash !== user.password_hash) throw new FlatRenderError('PASSWORD_WRONG')
    if (await hasFactor(transaction, { tenantId, userId })) throw new FlatRenderError('MFA_CODE_REQUIRED')
    return { until: await keepProof(transaction, call, attempt, 'password') }
  })
  if ('failure' in proof) throw new FlatRenderError(proof.failure)
  return { provenUntil: proof.until.toISOString() }
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
