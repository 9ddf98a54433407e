import type { Actor } from '@flatrender/contracts/call'
import { FlatRenderError, isFlatRenderError } from '@flatrender/contracts/errors'
import type { AccessTokens } from './access-tokens.ts'
import type { ApiKeys } from './api-keys.ts'
import type { Revocations } from './revocations.ts'
import type { ResolvedTenant, TenantDirectory } from './tenant-directory.ts'

/** What a request says of who sent it. */
export interface Credentials {
  readonly authorization: string | undefined
  readonly address: string
}

/** The parts that know tokens, keys and tenants. */
export interface Authentication {
  readonly tenants: TenantDirectory
  readonly tokens: AccessTokens
  readonly keys: ApiKeys
  readonly revocations: Revocations
}

/**
 * Who asks: the actor of an access token or API key, else a visitor of the tenant that host or header names. Errors:
 * ACCESS_TOKEN_INVALID for what is wrong, revoked or another tenant's; TENANT_SUSPENDED.
 */
export async function identifyCaller(
  { tokens, keys, revocations }: Authentication,
  { authorization, address }: Credentials,
  named: ResolvedTenant,
): Promise<Actor> {
  const actor = await provenActor(authorization, address, tokens, keys)
  if (actor === undefined) return visitorOf(named)
  // Whoever proves who they are on nobody's host acts in their own tenant.
  if (named.explicit && named.tenantId !== actor.tenantId) throw new FlatRenderError('ACCESS_TOKEN_INVALID')
  await revocations.assertBelieved(actor)
  return actor
}

/**
 * Is a credential worth looking up, as far as this process can tell by itself: a token that is rightly signed, or a key that
 * was right at this address lately? Errors: whatever keeps the identity service from telling its public keys.
 */
export async function isPlausible(
  { tokens, keys }: Pick<Authentication, 'tokens' | 'keys'>,
  { authorization, address }: Credentials,
): Promise<boolean> {
  const credential = readCredential(authorization)
  if (credential === undefined) return false
  if (credential.startsWith('fr_')) return keys.isKnown(credential, address)
  try {
    await tokens.verify(credential)
    return true
  } catch (error) {
    if (isFlatRenderError(error, 'ACCESS_TOKEN_INVALID')) return false
    throw error
  }
}

async function provenActor(
  authorization: string | undefined,
  address: string,
  tokens: AccessTokens,
  keys: ApiKeys,
): Promise<Actor | undefined> {
  if (authorization === undefined) return undefined
  const credential = readCredential(authorization)
  if (credential === undefined) throw new FlatRenderError('ACCESS_TOKEN_INVALID')
  return credential.startsWith('fr_') ? keys.resolve(credential, address) : tokens.verify(credential)
}

function readCredential(authorization = ''): string | undefined {
  return authorization.match(/^Bearer ([\w.~+/=-]{1,4096})$/i)?.[1]
}

function visitorOf({ tenantId, visibleTenants, suspended }: ResolvedTenant): Actor {
  if (suspended) throw new FlatRenderError('TENANT_SUSPENDED')
  return { kind: 'visitor', id: null, tenantId, visibleTenants, permissions: [], sessionId: null }
}
