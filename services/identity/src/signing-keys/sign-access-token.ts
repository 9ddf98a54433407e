import { ACCESS_TOKEN_AUDIENCE, ACCESS_TOKEN_SECONDS } from '@flatrender/contracts/identity'
import { SignJWT } from 'jose'
import type { SigningKey } from './signing-keys-system-store.ts'

/** Who a token speaks for. */
export interface AccessSubject {
  readonly userId: string
  readonly tenantId: string
  /** The tenants above, nearest first. */
  readonly above: readonly string[]
  readonly sessionId: string
  readonly permissions: readonly string[]
}

/** Signs an access token (JWT, EdDSA), good for ten minutes. */
export async function signAccessToken(key: SigningKey, subject: AccessSubject): Promise<string> {
  const { tenantId: tenant, above, sessionId: session, permissions } = subject
  return new SignJWT({ tenant, above, session, permissions })
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid })
    .setSubject(subject.userId)
    .setIssuer(ACCESS_TOKEN_AUDIENCE)
    .setAudience(ACCESS_TOKEN_AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(`${ACCESS_TOKEN_SECONDS}s`)
    .sign(key.privateKey)
}
