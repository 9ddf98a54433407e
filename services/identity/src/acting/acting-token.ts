import {
  ACCESS_TOKEN_AUDIENCE,
  ACCESS_TOKEN_SECONDS,
  type ActingClaims,
  actingClaims,
} from '@flatrender/contracts/identity'
import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose'
import type { SigningKey } from '../signing-keys/signing-keys-system-store.ts'

/** By it the gateway asks the identity service, which looks each time whether the switch still holds. */
export const ACTING_PREFIX = 'fr_act_'
/** No access token is one of these, and none of these is an access token. */
const AUDIENCE = 'flatrender-acting'

/** Signs a switch (`fr_act_` and a JWT, EdDSA), good for as long as an access token. */
export async function signActing(key: SigningKey, { sub, ...claims }: ActingClaims): Promise<string> {
  const jwt = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid })
    .setSubject(sub)
    .setIssuer(ACCESS_TOKEN_AUDIENCE)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(`${ACCESS_TOKEN_SECONDS}s`)
    .sign(key.privateKey)
  return `${ACTING_PREFIX}${jwt}`
}

/** Who acts where by a token that we signed; undefined for any other, and an expired one. */
export async function readActing(
  token: string,
  publicKeys: readonly Record<string, unknown>[],
): Promise<ActingClaims | undefined> {
  try {
    const { payload } = await jwtVerify(
      token.slice(ACTING_PREFIX.length),
      createLocalJWKSet({ keys: publicKeys } as unknown as JSONWebKeySet),
      {
        algorithms: ['EdDSA', 'Ed25519'],
        audience: AUDIENCE,
        issuer: ACCESS_TOKEN_AUDIENCE,
        requiredClaims: ['exp', 'sub'],
      },
    )
    return actingClaims.safeParse(payload).data
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined
    throw error
  }
}
