import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Identity } from '../deps.ts'
import { checkSecond, type Evidence } from '../factors/check-second.ts'
import { beginSession } from '../sessions/begin-session.ts'
import { prepareTokens, signTokens, type Tokens } from '../sessions/issue-tokens.ts'
import { findUser } from '../users/users-store.ts'
import { hashToken } from './opaque-token.ts'
import { countAttempt, forgiveAttempt } from './throttles-store.ts'
import { tryToken, useToken } from './user-tokens-store.ts'

/**
 * Finishes a login by a second factor, or a recovery code. Wrong ones are throttled as wrong passwords are.
 * Errors: MFA_TOKEN_INVALID, MFA_CODE_WRONG, WEBAUTHN_REFUSED, WEBAUTHN_COPIED, LOGIN_THROTTLED, TENANT_SUSPENDED.
 */
export async function logInSecond(
  identity: Identity,
  call: Call,
  { mfaToken: token, ...evidence }: { mfaToken: string } & Evidence,
): Promise<Tokens> {
  const { tenantId } = call.actor
  const prepared = await prepareTokens(identity, tenantId)
  const login = await identity.database.transact(call.actor, async (transaction) => {
    const userId = await tryToken(transaction, { tenantId, token })
    const user = userId === undefined ? undefined : await findUser(transaction, { tenantId, userId })
    if (userId === undefined || user?.state !== 'active') return 'no token'
    const attempt = { tenantId, email: user.email!, address: call.address, userId }
    await countAttempt(transaction, attempt)
    const of = hashToken(token).toString('hex')
    const shown = await checkSecond(identity, transaction, call, { userId, evidence, act: 'login', of })
    // What throws is undone: the caller throws, after the try has been counted.
    if ('failure' in shown) return shown
    const used = await useToken(transaction, { tenantId, purpose: 'mfa', token })
    const first = used?.data.first === 'oauth' ? 'oauth' : 'password'
    // This attempt, and the one that the password was.
    await forgiveAttempt(transaction, attempt)
    if (first === 'password') await forgiveAttempt(transaction, attempt)
    return beginSession(transaction, call, { userId, methods: [first, shown.method] })
  })
  if (login === 'no token') throw new FlatRenderError('MFA_TOKEN_INVALID')
  if ('failure' in login) throw new FlatRenderError(login.failure)
  return signTokens(prepared, login)
}
