import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { assertProven } from '../sessions/assert-proven.ts'
import { sealClientSecret } from './client-secret.ts'
import { assertFit } from './create-provider.ts'
import { describeProvider } from './describe-provider.ts'
import { findProvider, updateProvider } from './providers-store.ts'

/** What may change of a provider; what is absent stays. */
interface ProviderInput {
  readonly id: string
  readonly name?: string | undefined
  readonly clientId?: string | undefined
  readonly clientSecret?: string | null | undefined
  readonly scopes?: readonly string[] | undefined
  readonly trustsEmail?: boolean | undefined
  readonly redirectUris?: readonly string[] | undefined
  readonly state?: 'active' | 'paused' | undefined
}

/**
 * Changes, pauses or resumes a login provider. Errors: OAUTH_PROVIDER_UNKNOWN, OAUTH_PROVIDER_INVALID,
 * STEP_UP_REQUIRED.
 */
export async function changeProvider(identity: Identity, call: Call, input: ProviderInput) {
  const { tenantId } = call.actor
  const { id, clientSecret, ...open } = input
  return identity.database.transact(call.actor, async (transaction) => {
    await assertProven(transaction, call)
    const known = await findProvider(transaction, { tenantId, id }, 'to change')
    if (known === undefined) throw new FlatRenderError('OAUTH_PROVIDER_UNKNOWN')
    const { key, issuer, kind } = known
    const sealed =
      typeof clientSecret === 'string'
        ? sealClientSecret(identity.secretKeys, { tenantId, key, issuer }, clientSecret)
        : clientSecret
    const kept = sealed === undefined ? known.sealed_client_secret : sealed
    assertFit(kind, { clientSecret: kept, scopes: open.scopes ?? known.scopes })
    const row = await updateProvider(
      transaction,
      { tenantId, id },
      {
        // Always something to set.
        name: open.name ?? known.name,
        client_id: open.clientId,
        sealed_client_secret: sealed,
        scopes: open.scopes && [...new Set(open.scopes)],
        trusts_email: open.trustsEmail,
        redirect_uris: open.redirectUris && [...open.redirectUris],
        state: open.state,
      },
    )
    const after = { ...open, ...(clientSecret !== undefined && { clientSecret: 'changed' }) }
    await writeAudit(transaction, call, { action: 'oauth.provider_changed', subject: id, after })
    return describeProvider(row)
  })
}
