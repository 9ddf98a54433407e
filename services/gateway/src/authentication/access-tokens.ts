import type { Actor } from '@flatrender/contracts/call'
import { callAsSystem } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { ACCESS_TOKEN_AUDIENCE, accessClaims } from '@flatrender/contracts/identity'
import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from 'jose'
import type { GatewayDeps } from '../deps.ts'
import { keepFor } from './keep-for.ts'

/** How long the public keys are believed, and how soon a key that we don't know is asked for again. Milliseconds. */
const [KEPT, SOONEST] = [300_000, 3_000]

/** Reads access tokens. */
export interface AccessTokens {
  /** Errors: ACCESS_TOKEN_INVALID. */
  verify(token: string): Promise<Actor>
}

/** Opens the reader; the keys come from the identity service. */
export function openAccessTokens({ identity }: Pick<GatewayDeps, 'identity'>): AccessTokens {
  const fetchKeys = async () => {
    const { keys } = await identity.access.jwks({}, { context: callAsSystem() })
    return createLocalJWKSet({ keys } as unknown as JSONWebKeySet)
  }
  const kept = keepFor(KEPT, fetchKeys)
  const newest = keepFor(SOONEST, fetchKeys)
  const read = async (token: string, keys: Awaited<ReturnType<typeof fetchKeys>>) => {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['EdDSA', 'Ed25519'],
      audience: ACCESS_TOKEN_AUDIENCE,
      issuer: ACCESS_TOKEN_AUDIENCE,
      requiredClaims: ['exp', 'sub'],
    })
    return accessClaims.parse(payload)
  }
  return {
    async verify(token) {
      const keys = await kept('keys')
      const claims = await read(token, keys).catch(async (cause: unknown) => {
        // A key may have begun to sign since we asked.
        if (!(cause instanceof errors.JWKSNoMatchingKey)) throw invalid(cause)
        const fresh = await newest('keys')
        return read(token, fresh).catch((again: unknown) => {
          throw invalid(again)
        })
      })
      return {
        kind: 'user',
        id: claims.sub,
        tenantId: claims.tenant,
        visibleTenants: claims.above,
        permissions: claims.permissions,
        sessionId: claims.session,
      }
    },
  }
}

function invalid(cause: unknown): FlatRenderError {
  return new FlatRenderError('ACCESS_TOKEN_INVALID', {}, { cause })
}
