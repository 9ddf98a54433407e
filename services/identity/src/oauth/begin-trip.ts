import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { randomNonce, randomPKCECodeVerifier } from 'openid-client'
import { makeToken } from '../auth/opaque-token.ts'
import { findAllowedOrigins } from '../branding/pages-store.ts'
import type { Identity } from '../deps.ts'
import { assertTenantActive } from '../tenants/tenants-system-store.ts'
import { assertRedirect } from './assert-redirect.ts'
import { addressGithub } from './github.ts'
import { insertLogin } from './logins-store.ts'
import { addressOpenid } from './openid.ts'
import { openProvider } from './provider.ts'
import { findProvider } from './providers-store.ts'

const addressOf = { oidc: addressOpenid, github: addressGithub }

/**
 * Sends a browser to a provider: to log in or, with a user's id, to link an account to theirs. Errors:
 * OAUTH_PROVIDER_UNKNOWN, OAUTH_REDIRECT_REFUSED, OAUTH_PROVIDER_UNREACHABLE, OAUTH_ANSWER_INVALID, TENANT_SUSPENDED.
 */
export async function beginTrip(
  identity: Identity,
  { actor }: Call,
  input: { provider: string; redirectUri: string },
  userId: string | null,
): Promise<{ authorizationUrl: string; handle: string }> {
  const { tenantId } = actor
  const { secretKeys } = identity
  await identity.system.transact((transaction) => assertTenantActive(transaction, tenantId))
  const { row, own } = await identity.database.transact(actor, async (transaction) => ({
    row: await findProvider(transaction, { tenantId, activeKey: input.provider }),
    own: await findAllowedOrigins(transaction, tenantId),
  }))
  if (row === undefined) throw new FlatRenderError('OAUTH_PROVIDER_UNKNOWN')
  const origins = own.length > 0 ? own : [identity.publicOrigin]
  const redirectUri = assertRedirect(input.redirectUri, { listed: row.redirect_uris, origins })
  const [state, handle] = [makeToken('fro_'), makeToken('frh_')]
  const secrets = { verifier: randomPKCECodeVerifier(), nonce: randomNonce() }
  const trip = { redirectUri, state, secrets }
  const authorizationUrl = await addressOf[row.kind](openProvider(identity, tenantId, row), trip)
  await identity.database.transact(actor, (transaction) =>
    insertLogin(
      transaction,
      secretKeys,
      { tenantId, state, handle },
      { providerId: row.id, userId, redirectUri, secrets },
    ),
  )
  return { authorizationUrl, handle }
}
