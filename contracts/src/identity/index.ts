import { access } from './access.ts'
import { audit } from './audit.ts'
import { auth } from './auth.ts'
import { branding } from './branding.ts'
import { credits } from './credits.ts'
import { factors } from './factors.ts'
import { invitations } from './invitations.ts'
import { keys } from './keys.ts'
import { oauth } from './oauth.ts'
import { plans } from './plans.ts'
import { tenants } from './tenants.ts'
import { usage } from './usage.ts'
import { users } from './users.ts'
import { webhooks } from './webhooks.ts'

export type { AnsweredRequest } from './access.ts'
export {
  ACCESS_TOKEN_AUDIENCE,
  ACCESS_TOKEN_SECONDS,
  type AccessClaims,
  type ActingClaims,
  accessClaims,
  actingClaims,
} from './access-token.ts'
export type { Standing } from './plans.ts'
export { words } from './values.ts'
export type { Assertion, Attestation } from './webauthn.ts'
export { webhookTypes } from './webhooks.ts'

/** What the identity service answers. */
export const identityContract = {
  auth,
  users,
  factors,
  oauth,
  invitations,
  keys,
  tenants,
  branding,
  plans,
  credits,
  usage,
  audit,
  webhooks,
  access,
}
