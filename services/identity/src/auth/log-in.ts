import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { prepareTokens, signTokens, type Tokens } from '../sessions/issue-tokens.ts'
import { insertRefreshToken, insertSession } from '../sessions/sessions-store.ts'
import { findRights } from '../users/roles-store.ts'
import { findUser, findUserByEmail, updateUser } from '../users/users-store.ts'
import { countAttempt, forgiveAttempt } from './throttles-store.ts'

/**
 * Logs a user in. Nobody learns whether an address is known: not by the answer, and not by its time.
 * Errors: LOGIN_REFUSED, LOGIN_THROTTLED, TENANT_SUSPENDED, SERVICE_UNAVAILABLE when too many passwords wait.
 */
export async function logIn(
  identity: Identity,
  call: Call,
  { email, password }: { email: string; password: string },
): Promise<Tokens> {
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
    await forgiveAttempt(transaction, attempt)
    await updateUser(transaction, { tenantId, userId }, { loggedIn: true })
    const sessionId = await insertSession(transaction, { tenantId, userId, call })
    await writeAudit(transaction, call, { action: 'user.login', subject: sessionId, userId })
    const refreshToken = await insertRefreshToken(transaction, { tenantId, sessionId, generation: 1 })
    const { permissions } = await findRights(transaction, { tenantId, userId })
    return { sessionId, refreshToken, permissions }
  })
  if (login === undefined) throw new FlatRenderError('LOGIN_REFUSED')
  return signTokens(prepared, { ...login, tenantId, userId })
}
