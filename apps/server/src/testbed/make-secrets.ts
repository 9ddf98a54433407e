import assert from 'node:assert/strict'
import { type Answer, type Api, joinTenant, waitForCode } from './api-client.ts'
import { makeCode } from './make-code.ts'

/** Every kind of secret that an installation gives out, and what shows that it still works. */
export interface MadeSecrets {
  /** By what they are. */
  readonly secrets: Readonly<Record<string, string>>
  /** Ids that may be seen: a search that doesn't find them finds nothing. */
  readonly ids: readonly string[]
  readonly totpSecret: string
  readonly apiKey: string
  readonly refreshToken: string
  /** The request that made the key, as it was sent. */
  readonly createKey: { readonly body: unknown; readonly headers: Readonly<Record<string, string>> }
}

const password = 'a long quiet evening'
const pendingPassword = 'the heron waits at dawn'

/** Registers, logs in, takes a second factor, makes a key, invites and forgets, as people do. */
export async function makeSecrets(api: Api, home: string, ownerPassword: string): Promise<MadeSecrets> {
  const ok = async (asked: Promise<Answer>) => {
    const answer = await asked
    assert.ok(answer.status < 300, JSON.stringify(answer.body))
    return answer.body
  }
  const sara = await joinTenant(api, home, 'sara@example.com')
  const verifyToken = await waitForCode(home, 'sara@example.com')
  const token = sara.accessToken
  const factor = await ok(api('POST', '/me/factors/totp', { token, body: { name: 'phone' } }))
  const body = { code: makeCode(factor.secret) }
  const { recoveryCodes } = await ok(api('POST', `/me/factors/totp/${factor.id}/verify`, { token, body }))

  const login = { email: 'owner@flatrender.local', password: ownerPassword }
  const owner = await ok(api('POST', '/auth/login', { body: login }))
  const createKey = {
    body: { name: 'reader', scopes: ['tenants:read'] },
    headers: { 'idempotency-key': 'the-only-key' },
  }
  const made = await ok(api('POST', '/api-keys', { token: owner.accessToken, ...createKey }))

  const { challenge } = await ok(
    api('POST', '/me/factors/webauthn', { token: owner.accessToken, body: { name: 'stick' } }),
  )

  const clientSecret = 'what the provider knows us by'
  const redirectUri = 'https://example.com/back'
  const provider = {
    kind: 'github',
    key: 'github',
    name: 'GitHub',
    clientId: 'us',
    clientSecret,
    redirectUris: [redirectUri],
  }
  await ok(api('POST', '/oauth-providers', { token: owner.accessToken, body: provider }))
  const begun = await ok(api('POST', '/auth/oauth/begin', { body: { provider: 'github', redirectUri } }))
  const state = new URL(begun.authorizationUrl).searchParams.get('state') ?? ''

  const hook = { url: 'https://example.com/hook' }
  const webhook = await ok(api('POST', '/webhooks', { token: owner.accessToken, body: hook }))

  const invitation = { email: 'omid@example.com', role: 'designer' }
  await ok(api('POST', '/invitations', { token: owner.accessToken, body: invitation }))
  const pending = { email: 'nima@example.com', password: pendingPassword }
  await ok(api('POST', '/auth/register', { body: pending }))
  const invitationToken = await waitForCode(home, 'omid@example.com')
  const pendingToken = await waitForCode(home, 'nima@example.com')
  await ok(api('POST', '/auth/forgot-password', { body: { email: 'owner@flatrender.local' } }))
  const resetToken = await waitForCode(home, 'owner@flatrender.local')
  const mfa = await ok(api('POST', '/auth/login', { body: { email: 'sara@example.com', password } }))
  return {
    secrets: {
      password,
      pendingPassword,
      ownerPassword,
      verifyToken,
      invitationToken,
      pendingToken,
      resetToken,
      totpSecret: factor.secret,
      recoveryCode: recoveryCodes[0],
      apiKey: made.key,
      accessToken: token,
      ownerAccessToken: owner.accessToken,
      refreshToken: sara.refreshToken,
      mfaToken: mfa.mfaToken,
      clientSecret,
      webhookSecret: webhook.secret,
      webauthnChallenge: challenge,
      oauthHandle: begun.handle,
      oauthState: state,
    },
    ids: [factor.id, made.id, webhook.id],
    totpSecret: factor.secret,
    apiKey: made.key,
    refreshToken: sara.refreshToken,
    createKey,
  }
}
