import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { TenantTransaction } from '@flatrender/platform/db'
import type { SecondStep } from '../auth/log-in.ts'
import { makeToken } from '../auth/opaque-token.ts'
import { insertToken } from '../auth/user-tokens-store.ts'
import type { Identity } from '../deps.ts'
import { listKinds } from '../factors/list-kinds.ts'
import { beginSession } from '../sessions/begin-session.ts'
import { prepareTokens, signTokens, type Tokens } from '../sessions/issue-tokens.ts'
import type { Tables } from '../tables.ts'
import { findUser } from '../users/users-store.ts'
import { type AccountName, findAccountUser, updateAccountUsed } from './accounts-store.ts'
import { becomeUser } from './become-user.ts'
import { endTrip, type TripEnd } from './end-trip.ts'
import type { Person } from './provider.ts'
import { findProvider } from './providers-store.ts'

/**
 * Logs somebody in by an account elsewhere, or halfway where they have a second factor; who is new becomes a user.
 * Errors: those of ending the trip, of becoming a user, OAUTH_EMAIL_UNPROVEN, OAUTH_LOGIN_REFUSED, TENANT_SUSPENDED.
 */
export async function finishLogin(
  identity: Identity,
  call: Call,
  input: TripEnd,
): Promise<Tokens | SecondStep> {
  const { tenantId } = call.actor
  const prepared = await prepareTokens(identity, tenantId)
  const { row, person } = await endTrip(identity, call, input, null)
  const account = { tenantId, providerId: row.id, subject: person.subject }
  const login = await identity.database.transact(call.actor, async (transaction) => {
    const userId =
      (await findAccountUser(transaction, account)) ??
      (await enterFirst(identity, transaction, call, account, person))
    if (userId === undefined) return undefined
    const user = await findUser(transaction, { tenantId, userId }, { lock: true })
    if (user?.state !== 'active' || user.email_verified_at === null)
      throw new FlatRenderError('OAUTH_LOGIN_REFUSED')
    await updateAccountUsed(transaction, account, person.email)
    const kinds = await listKinds(transaction, { tenantId, userId })
    if (kinds.length === 0) return beginSession(transaction, call, { userId, methods: ['oauth'] })
    const mfaToken = makeToken('frm_')
    const half = { tenantId, userId, purpose: 'mfa', token: mfaToken, data: { first: 'oauth' } } as const
    await insertToken(transaction, half)
    return { mfaToken, kinds }
  })
  // What throws is undone: the mail goes out first.
  if (login === undefined) throw new FlatRenderError('OAUTH_EMAIL_UNPROVEN')
  if ('mfaToken' in login) return login
  return signTokens(prepared, login)
}

/** Whose login it is by an account that was nobody's a moment ago; undefined where a mail must be answered first. */
async function enterFirst(
  identity: Identity,
  transaction: TenantTransaction<Tables>,
  call: Call,
  account: AccountName,
  person: Person,
): Promise<string | undefined> {
  const { tenantId, providerId: id } = account
  // Held: of two first logins by one account, the second finds the user that the first made.
  const row = await findProvider(transaction, { tenantId, id }, 'to change')
  if (row?.state !== 'active') throw new FlatRenderError('OAUTH_PROVIDER_UNKNOWN')
  const userId = await findAccountUser(transaction, account)
  return userId ?? becomeUser(identity, transaction, call, { row, person })
}
