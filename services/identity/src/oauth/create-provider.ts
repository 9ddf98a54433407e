import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { answerOnce } from '@flatrender/platform/service'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { assertProven } from '../sessions/assert-proven.ts'
import { assertIssuer } from './assert-issuer.ts'
import { sealClientSecret } from './client-secret.ts'
import { describeProvider } from './describe-provider.ts'
import { insertProvider } from './providers-store.ts'

/** What is told of a new provider. */
interface NewProvider {
  readonly key: string
  readonly kind: 'oidc' | 'github'
  readonly name: string
  readonly issuer?: string | undefined
  readonly clientId: string
  readonly clientSecret?: string | undefined
  readonly scopes?: readonly string[] | undefined
  readonly trustsEmail: boolean
  readonly redirectUris: readonly string[]
}

const usualScopes = { oidc: ['openid', 'email', 'profile'], github: ['read:user', 'user:email'] }

/**
 * Lets people log in by accounts elsewhere. Errors: OAUTH_PROVIDER_INVALID, OAUTH_PROVIDER_KEY_TAKEN,
 * STEP_UP_REQUIRED, and those of asking again with an `Idempotency-Key`.
 */
export async function createProvider(identity: Identity, call: Call, input: NewProvider) {
  const { tenantId } = call.actor
  const { secretKeys } = identity
  const { key, kind, name, clientId, clientSecret, trustsEmail } = input
  const issuer = chooseIssuer(identity, input)
  const scopes = [...new Set(input.scopes ?? usualScopes[kind])]
  assertFit(kind, { clientSecret, scopes })
  const once = { call, service: 'identity', procedure: 'oauth.createProvider', input, secretKeys }
  return identity.database.transact(call.actor, async (transaction) => {
    await assertProven(transaction, call)
    return answerOnce(transaction, once, async () => {
      const row = await insertProvider(transaction, tenantId, {
        key,
        kind,
        name,
        issuer,
        client_id: clientId,
        sealed_client_secret:
          clientSecret === undefined
            ? null
            : sealClientSecret(secretKeys, { tenantId, key, issuer }, clientSecret),
        scopes,
        trusts_email: trustsEmail,
        redirect_uris: [...input.redirectUris],
      })
      if (row === undefined) throw new FlatRenderError('OAUTH_PROVIDER_KEY_TAKEN', { key })
      const after = { key, kind, issuer, clientId, trustsEmail, redirectUris: row.redirect_uris }
      await writeAudit(transaction, call, { action: 'oauth.provider_created', subject: row.id, after })
      return describeProvider(row)
    })
  })
}

function chooseIssuer({ localProviders = false }: Identity, { kind, issuer }: NewProvider): string {
  if (issuer === undefined && kind === 'oidc')
    throw new FlatRenderError('OAUTH_PROVIDER_INVALID', { reason: 'an OpenID server is found by its issuer' })
  const chosen = issuer ?? 'https://github.com'
  assertIssuer(chosen, { local: localProviders })
  return chosen
}

/** What each kind can't do without. Errors: OAUTH_PROVIDER_INVALID. */
export function assertFit(
  kind: NewProvider['kind'],
  { clientSecret, scopes }: { clientSecret: unknown; scopes: readonly string[] },
): void {
  if (kind === 'github' && (clientSecret ?? null) === null)
    throw new FlatRenderError('OAUTH_PROVIDER_INVALID', { reason: 'GitHub asks for a client secret' })
  if (kind === 'oidc' && !scopes.includes('openid'))
    throw new FlatRenderError('OAUTH_PROVIDER_INVALID', { reason: 'its scopes lack openid' })
}
