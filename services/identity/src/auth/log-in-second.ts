import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Identity } from '../deps.ts'
import { checkCode } from '../factors/check-code.ts'
import { beginSession } from '../sessions/begin-session.ts'
import { prepareTokens, signTokens, type Tokens } from '../sessions/issue-tokens.ts'
import { findUser } from '../users/users-store.ts'
import { countAttempt, forgiveAttempt } from './throttles-store.ts'
import { tryToken, useToken } from './user-tokens-store.ts'

/**
 * Finishes a login by a code of a second factor, or a recovery code. Wrong ones are throttled as wrong passwords are.
 * Errors: MFA_TOKEN_INVALID, MFA_CODE_WRONG, LOGIN_THROTTLED, TENANT_SUSPENDED.
 */
export async function logInSecond(
  identity: Identity,
  call: Call,
  { mfaToken: token, code }: { mfaToken: string; code: string },
): Promise<Tokens> {
  const { tenantId } = call.actor
  const prepared = await prepareTokens(identity, tenantId)
  const login = await identity.database.transact(call.actor, async (transaction) => {
    const userId = await tryToken(transaction, { tenantId, token })
    const user = userId === undefined ? undefined : await findUser(transaction, { tenantId, userId })
    if (userId === undefined || user?.state !== 'active') return 'no token'
    const attempt = { tenantId, email: user.email!, address: call.address, userId }
    await countAttempt(transaction, attempt)
    const method = await checkCode(identity, transaction, call, { userId, code })
    // What throws is undone: the caller throws, after the try has been counted.
    if (method === undefined) return 'wrong'
    await useToken(transaction, { tenantId, purpose: 'mfa', token })
    // This attempt, and the one that the password was.
    await forgiveAttempt(transaction, attempt)
    await forgiveAttempt(transaction, attempt)
    return beginSession(transaction, call, { userId, methods: ['password', method] })
  })
  if (login === 'no token') throw new FlatRenderError('MFA_TOKEN_INVALID')
  if (login === 'wrong') throw new FlatRenderError('MFA_CODE_WRONG')
  return signTokens(prepared, login)
}
