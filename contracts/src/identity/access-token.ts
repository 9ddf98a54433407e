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

/** What the token of a switch into a tenant below says: who acts where. What they may do is looked up each time. */
export const actingClaims = z.object({
  /** The user or API key. */
  sub: z.uuid(),
  kind: z.enum(['user', 'key']),
  /** The tenant that they act in. */
  tenant: z.guid(),
  /** The one that they come from. */
  acting: z.guid(),
  /** The login that they switched by; null for a key. */
  session: z.uuid().nullable(),
})
export type ActingClaims = z.infer<typeof actingClaims>
