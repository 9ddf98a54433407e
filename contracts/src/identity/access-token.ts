import { z } from 'zod'

/** Seconds that an access token is good for. */
export const ACCESS_TOKEN_SECONDS = 600
/** The `aud` and `iss` of access tokens: nothing else that we sign can pass for one. */
export const ACCESS_TOKEN_AUDIENCE = 'flatrender'

/** What an access token says, beside the registered claims (RFC 7519). */
export const accessClaims = z.object({
  /** The user. */
  sub: z.uuid(),
  /** The tenant that they act in. */
  tenant: z.guid(),
  /** The tenants above it, nearest first. */
  above: z.array(z.guid()),
  /** The login, which may be revoked before the token expires. */
  session: z.uuid(),
  permissions: z.array(z.string()),
})
export type AccessClaims = z.infer<typeof accessClaims>
