import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Identity } from '../deps.ts'
import { listKinds, type SecondKind } from '../factors/list-kinds.ts'
import { beginSession } from '../sessions/begin-session.ts'
import { prepareTokens, signTokens, type Tokens } from '../sessions/issue-tokens.ts'
import { findUser, findUserByEmail } from '../users/users-store.ts'
import { makeToken } from './opaque-token.ts'
import { countAttempt, forgiveAttempt } from './throttles-store.ts'
import { insertToken } from './user-tokens-store.ts'

/** What is answered to a right password where a second factor is due. */
export interface SecondStep {
  readonly mfaToken: string
  readonly kinds: SecondKind[]
}

/**
 * Logs a user in, or halfway where they have a second factor. Nobody learns whether an address is known: not by the answer,
 * and not by its time. Errors: LOGIN_REFUSED, LOGIN_THROTTLED, TENANT_SUSPENDED, SERVICE_UNAVAILABLE when too many passwords
 * wait.
 */
export async function logIn(
  identity: Identity,
  call: Call,
  { email, password }: { email: string; password: string },
): Promise<Tokens | SecondStep> {
  const { tenantId } = call.actor
  const prepared = await prepareTokens(identity, tenantId)
  const { user, attempt } = await identity.database.transact(call.actor, async (transaction) => {
    const user = await findUserByEmail(transaction, tenantId, email)
    const attempt = { tenantId, email, address: call.address, userId: user?.id ?? null }
    await countAttempt(transaction, attempt)
    return { user, attempt }
  })
  const right = await identity.passwords.verify(user?.password_hash ?? null, password)
  if (!right || user === undefined) throw new FlatRenderError('LOGIN_REFUSED')
  const userId = user.id
  const login = await identity.database.transact(call.actor, async (transaction) => {
    const present = await findUser(transaction, { tenantId, userId }, { lock: true })
    // The password may have been changed while this one was compared.
    if (present?.state !== 'active' || present.email_verified_at === null) return undefined
    if (present.password_hash !== user.password_hash) return undefined
    const kinds = await listKinds(transaction, { tenantId, userId })
    if (kinds.length > 0) {
      // The attempt stays counted: else whoever knows the password could guess at codes for ever.
      const mfaToken = makeToken('frm_')
      await insertToken(transaction, { tenantId, userId, purpose: 'mfa', token: mfaToken })
      return { mfaToken, kinds }
    }
    await forgiveAttempt(transaction, attempt)
    return beginSession(transaction, call, { userId, methods: ['password'] })
  })
  if (login === undefined) throw new FlatRenderError('LOGIN_REFUSED')
  if ('mfaToken' in login) return login
  return signTokens(prepared, login)
}
