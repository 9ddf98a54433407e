import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Identity } from '../deps.ts'
import { refuseAnswer } from './explain-failure.ts'
import { meetByGithub } from './github.ts'
import { takeLogin } from './logins-store.ts'
import { meetByOpenid } from './openid.ts'
import { openProvider, type Person } from './provider.ts'
import { findProvider, type ProviderRow } from './providers-store.ts'

/** What the browser sends when it is back. */
export interface TripEnd {
  readonly handle: string
  readonly state: string
  readonly code?: string | undefined
  readonly error?: string | undefined
  readonly iss?: string | undefined
}

const meetBy = { oidc: meetByOpenid, github: meetByGithub }

/**
 * Learns from a provider who came back. What was begun is used up, however it ends. Errors: OAUTH_STATE_INVALID,
 * OAUTH_PROVIDER_UNKNOWN, OAUTH_DENIED, OAUTH_PROVIDER_UNREACHABLE, OAUTH_ANSWER_INVALID.
 */
export async function endTrip(
  identity: Identity,
  { actor }: Call,
  { handle, state, code, error, iss }: TripEnd,
  userId: string | null,
): Promise<{ row: ProviderRow; person: Person }> {
  const { tenantId } = actor
  const { login, row } = await identity.database.transact(actor, async (transaction) => {
    const name = { tenantId, state, handle }
    const login = await takeLogin(transaction, identity.secretKeys, name, userId)
    const row = login && (await findProvider(transaction, { tenantId, id: login.providerId }))
    return { login, row }
  })
  if (login === undefined) throw new FlatRenderError('OAUTH_STATE_INVALID')
  if (row?.state !== 'active') throw new FlatRenderError('OAUTH_PROVIDER_UNKNOWN')
  if (error === 'access_denied') throw new FlatRenderError('OAUTH_DENIED')
  if (error !== undefined) throw refuseAnswer(row, 'it sent the browser back with an error')
  if (code === undefined) throw refuseAnswer(row, 'there is no code')
  const trip = { redirectUri: login.redirectUri, state, secrets: login.secrets }
  const person = await meetBy[row.kind](openProvider(identity, tenantId, row), trip, { code, iss })
  return { row, person }
}
