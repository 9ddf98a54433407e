import type { Call } from '@flatrender/contracts/call'
import { identityContract } from '@flatrender/contracts/identity'
import { guardAccess } from '@flatrender/platform/service'
import { implement } from '@orpc/server'
import { findContact } from './access/find-contact.ts'
import { findInvitee } from './access/find-invitee.ts'
import { listPublicKeys } from './access/list-public-keys.ts'
import { listRevocations } from './access/list-revocations.ts'
import { readClient } from './access/read-client.ts'
import { recordRequests } from './access/record-requests.ts'
import { resolveKey } from './access/resolve-key.ts'
import { resolveTenant } from './access/resolve-tenant.ts'
import { forgotPassword } from './auth/forgot-password.ts'
import { logIn } from './auth/log-in.ts'
import { logInSecond } from './auth/log-in-second.ts'
import { logOut } from './auth/log-out.ts'
import { register } from './auth/register.ts'
import { resetPassword } from './auth/reset-password.ts'
import { stepUp } from './auth/step-up.ts'
import { verifyEmail } from './auth/verify-email.ts'
import { accountOf } from './credits/account-of.ts'
import { grantCredits } from './credits/grant-credits.ts'
import { listCreditEntries } from './credits/list-credit-entries.ts'
import { quoteCredits } from './credits/quote-credits.ts'
import { releaseCredits } from './credits/release-credits.ts'
import { reserveCredits } from './credits/reserve-credits.ts'
import { settleCredits } from './credits/settle-credits.ts'
import { showCredits } from './credits/show-credits.ts'
import type { Identity } from './deps.ts'
import { addTotp } from './factors/add-totp.ts'
import { listFactors } from './factors/list-factors.ts'
import { removeFactor } from './factors/remove-factor.ts'
import { replaceRecoveryCodes } from './factors/replace-recovery-codes.ts'
import { verifyTotp } from './factors/verify-totp.ts'
import { acceptInvitation } from './invitations/accept-invitation.ts'
import { createInvitation } from './invitations/create-invitation.ts'
import { listInvitations } from './invitations/list-invitations.ts'
import { revokeInvitation } from './invitations/revoke-invitation.ts'
import { createKey } from './keys/create-key.ts'
import { listKeys } from './keys/list-keys.ts'
import { revokeKey } from './keys/revoke-key.ts'
import { listSessions } from './sessions/list-sessions.ts'
import { refreshTokens } from './sessions/refresh-tokens.ts'
import { revokeSession } from './sessions/revoke-session.ts'
import { createTenant } from './tenants/create-tenant.ts'
import { listTenants } from './tenants/list-tenants.ts'
import { resumeTenant } from './tenants/resume-tenant.ts'
import { suspendTenant } from './tenants/suspend-tenant.ts'
import { changeMe } from './users/change-me.ts'
import { changePassword } from './users/change-password.ts'
import { changeRoles } from './users/change-roles.ts'
import { listUsers } from './users/list-users.ts'
import { resumeUser } from './users/resume-user.ts'
import { showMe } from './users/show-me.ts'
import { suspendUser } from './users/suspend-user.ts'

/** Table of contents: procedure → use case. */
export function createRouter(identity: Identity) {
  const os = implement(identityContract)
    .$context<Call>()
    .use(guardAccess)
    .use(({ context, next }) => next({ context: readClient(context) }))
  const { auth, users, factors, invitations, keys, tenants, credits, access } = os
  return os.router({
    auth: {
      register: auth.register.handler(({ context, input }) => register(identity, context, input)),
      verifyEmail: auth.verifyEmail.handler(({ context, input }) => verifyEmail(identity, context, input)),
      login: auth.login.handler(({ context, input }) => logIn(identity, context, input)),
      loginSecond: auth.loginSecond.handler(({ context, input }) => logInSecond(identity, context, input)),
      stepUp: auth.stepUp.handler(({ context, input }) => stepUp(identity, context, input)),
      refresh: auth.refresh.handler(({ context, input }) => refreshTokens(identity, context, input)),
      logout: auth.logout.handler(({ context, input }) => logOut(identity, context, input)),
      acceptInvitation: auth.acceptInvitation.handler(({ context, input }) =>
        acceptInvitation(identity, context, input),
      ),
      forgotPassword: auth.forgotPassword.handler(({ context, input }) =>
        forgotPassword(identity, context, input),
      ),
      resetPassword: auth.resetPassword.handler(({ context, input }) =>
        resetPassword(identity, context, input),
      ),
    },
    users: {
      me: users.me.handler(({ context }) => showMe(identity, context)),
      changeMe: users.changeMe.handler(({ context, input }) => changeMe(identity, context, input)),
      changePassword: users.changePassword.handler(({ context, input }) =>
        changePassword(identity, context, input),
      ),
      listSessions: users.listSessions.handler(({ context }) => listSessions(identity, context)),
      revokeSession: users.revokeSession.handler(({ context, input }) =>
        revokeSession(identity, context, input),
      ),
      list: users.list.handler(({ context, input }) => listUsers(identity, context, input)),
      suspend: users.suspend.handler(({ context, input }) => suspendUser(identity, context, input)),
      resume: users.resume.handler(({ context, input }) => resumeUser(identity, context, input)),
      changeRoles: users.changeRoles.handler(({ context, input }) => changeRoles(identity, context, input)),
    },
    factors: {
      addTotp: factors.addTotp.handler(({ context, input }) => addTotp(identity, context, input)),
      verifyTotp: factors.verifyTotp.handler(({ context, input }) => verifyTotp(identity, context, input)),
      list: factors.list.handler(({ context }) => listFactors(identity, context)),
      remove: factors.remove.handler(({ context, input }) => removeFactor(identity, context, input)),
      replaceRecoveryCodes: factors.replaceRecoveryCodes.handler(({ context }) =>
        replaceRecoveryCodes(identity, context),
      ),
    },
    invitations: {
      create: invitations.create.handler(({ context, input }) => createInvitation(identity, context, input)),
      list: invitations.list.handler(({ context }) => listInvitations(identity, context)),
      revoke: invitations.revoke.handler(({ context, input }) => revokeInvitation(identity, context, input)),
    },
    keys: {
      create: keys.create.handler(({ context, input }) => createKey(identity, context, input)),
      list: keys.list.handler(({ context }) => listKeys(identity, context)),
      revoke: keys.revoke.handler(({ context, input }) => revokeKey(identity, context, input)),
    },
    tenants: {
      create: tenants.create.handler(({ context, input }) => createTenant(identity, context, input)),
      list: tenants.list.handler(({ context }) => listTenants(identity, context)),
      suspend: tenants.suspend.handler(({ context, input }) => suspendTenant(identity, context, input)),
      resume: tenants.resume.handler(({ context, input }) => resumeTenant(identity, context, input)),
    },
    credits: {
      show: credits.show.handler(({ context }) => showCredits(identity, context)),
      listEntries: credits.listEntries.handler(({ context, input }) =>
        listCreditEntries(identity, context, input),
      ),
      grant: credits.grant.handler(({ context, input }) => grantCredits(identity, context, input)),
      accountOf: credits.accountOf.handler(({ context, input }) => accountOf(identity, context, input)),
      quote: credits.quote.handler(({ context, input }) => quoteCredits(identity, context, input)),
      reserve: credits.reserve.handler(({ context, input }) => reserveCredits(identity, context, input)),
      settle: credits.settle.handler(({ context, input }) => settleCredits(identity, context, input)),
      release: credits.release.handler(({ context, input }) => releaseCredits(identity, context, input)),
    },
    access: {
      resolveTenant: access.resolveTenant.handler(({ context, input }) =>
        resolveTenant(identity, context, input),
      ),
      resolveKey: access.resolveKey.handler(({ context, input }) => resolveKey(identity, context, input)),
      jwks: access.jwks.handler(() => listPublicKeys(identity)),
      recordRequests: access.recordRequests.handler(({ input }) => recordRequests(identity, input)),
      contactOf: access.contactOf.handler(({ context, input }) => findContact(identity, context, input)),
      inviteeOf: access.inviteeOf.handler(({ context, input }) => findInvitee(identity, context, input)),
      revocations: access.revocations.handler(() => listRevocations(identity)),
    },
  })
}
