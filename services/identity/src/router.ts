import { accessRoutes } from './access/access-routes.ts'
import { auditRoutes } from './audit/audit-routes.ts'
import { authRoutes } from './auth/auth-routes.ts'
import { brandingRoutes } from './branding/branding-routes.ts'
import { creditsRoutes } from './credits/credits-routes.ts'
import type { Identity } from './deps.ts'
import { factorsRoutes } from './factors/factors-routes.ts'
import { invitationsRoutes } from './invitations/invitations-routes.ts'
import { keysRoutes } from './keys/keys-routes.ts'
import { oauthRoutes } from './oauth/oauth-routes.ts'
import { plansRoutes } from './plans/plans-routes.ts'
import { procedures } from './procedures.ts'
import { tenantsRoutes } from './tenants/tenants-routes.ts'
import { usageRoutes } from './usage/usage-routes.ts'
import { usersRoutes } from './users/users-routes.ts'
import { webhooksRoutes } from './webhooks/webhooks-routes.ts'

/** Table of contents: each group of the contract and its routes. */
export function createRouter(identity: Identity) {
  return procedures.router({
    auth: authRoutes(identity),
    users: usersRoutes(identity),
    factors: factorsRoutes(identity),
    oauth: oauthRoutes(identity),
    invitations: invitationsRoutes(identity),
    keys: keysRoutes(identity),
    tenants: tenantsRoutes(identity),
    branding: brandingRoutes(identity),
    plans: plansRoutes(identity),
    credits: creditsRoutes(identity),
    usage: usageRoutes(identity),
    audit: auditRoutes(identity),
    webhooks: webhooksRoutes(identity),
    access: accessRoutes(identity),
  })
}
