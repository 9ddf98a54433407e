import { z } from 'zod'
import { defineEvents } from './define-events.ts'

const id = z.guid()
const ofUser = z.object({ userId: id })
const sealedToken = z.string().describe('AES-256-GCM under the secret key, in base64')

/** What the identity service tells. */
export const identityEvents = defineEvents({
  'identity.email_verification.requested': {
    summary: 'Somebody registered, and has to prove their e-mail address.',
    data: ofUser.extend({ sealedToken }),
  },
  'identity.password_reset.requested': {
    summary: 'Somebody wants to set a new password.',
    data: ofUser.extend({ sealedToken }),
  },
  'identity.registration.repeated': {
    summary: 'Somebody registered with an address that a user has.',
    data: ofUser,
  },
  'identity.user.registered': { summary: 'A user registered.', data: ofUser },
  'identity.user.verified': { summary: 'A user proved their e-mail address.', data: ofUser },
  'identity.user.suspended': { summary: 'A user was suspended.', data: ofUser },
  'identity.user.resumed': { summary: 'The suspension of a user was lifted.', data: ofUser },
  'identity.user.deleted': {
    summary: 'A user was deleted: whoever keeps anything of them deletes it.',
    data: ofUser,
  },
  'identity.user.roles_changed': { summary: 'A user has other roles.', data: ofUser },
  'identity.user.factor_demanded': { summary: 'A second factor is demanded of a user.', data: ofUser },
  'identity.user.factor_excused': {
    summary: 'A second factor is no longer demanded of a user.',
    data: ofUser,
  },
  'identity.password.changed': { summary: 'A user changed their password, or set a new one.', data: ofUser },
  'identity.factor.added': {
    summary: 'A second factor of a user counts from now on.',
    data: ofUser.extend({ factorId: id }),
  },
  'identity.factor.removed': {
    summary: 'A second factor of a user was removed.',
    data: ofUser.extend({ factorId: id }),
  },
  'identity.factor.copied': {
    summary: 'An authenticator of a user counted backwards, so there may be a copy of it; it was refused.',
    data: ofUser.extend({ factorId: id }),
  },
  'identity.recovery_code.used': { summary: 'A user logged in with a recovery code.', data: ofUser },
  'identity.recovery_codes.replaced': { summary: 'A user has new recovery codes.', data: ofUser },
  'identity.oauth_account.linked': {
    summary: 'A user may log in by an account elsewhere from now on.',
    data: ofUser.extend({ accountId: id }),
  },
  'identity.oauth_account.unlinked': {
    summary: 'An account elsewhere logs its user in no more.',
    data: ofUser.extend({ accountId: id }),
  },
  'identity.session.revoked': {
    summary: 'A login was ended.',
    data: ofUser.extend({ sessionId: id }),
  },
  'identity.invitation.requested': {
    summary: 'Somebody was invited into a tenant.',
    data: z.object({ invitationId: id, sealedToken }),
  },
  'identity.invitation.accepted': {
    summary: 'Somebody accepted an invitation.',
    data: ofUser.extend({ invitationId: id }),
  },
  'identity.invitation.revoked': {
    summary: 'An invitation was taken back.',
    data: z.object({ invitationId: id }),
  },
  'identity.key.created': { summary: 'An API key was made.', data: z.object({ keyId: id }) },
  'identity.key.revoked': { summary: 'An API key was revoked.', data: z.object({ keyId: id }) },
  'identity.owner.created': { summary: 'The first start gave a tenant its owner.', data: ofUser },
  'identity.tenant.created': {
    summary: 'A tenant was made, with its owner.',
    data: z.object({ tenantId: id, ownerId: id }),
  },
  'identity.tenant.suspended': { summary: 'A tenant was suspended.', data: z.object({ tenantId: id }) },
  'identity.tenant.resumed': {
    summary: 'The suspension of a tenant was lifted.',
    data: z.object({ tenantId: id }),
  },
  'identity.tenant.entered': {
    summary: 'Somebody of a tenant above switched into this one.',
    data: z.object({ tenantId: id, actingTenantId: id, actorId: id }),
  },
  'identity.branding.changed': {
    summary: 'The branding of a tenant was changed.',
    data: z.object({ tenantId: id }),
  },
  'identity.domain.proven': {
    summary: 'A domain is a tenant’s from now on: its record was seen.',
    data: z.object({ tenantId: id, domain: z.string() }),
  },
  'identity.domain.lost': {
    summary: 'A domain no longer counts: its record was gone for a week.',
    data: z.object({ tenantId: id, domain: z.string() }),
  },
  'identity.credits.granted': {
    summary: 'An account was given credits.',
    data: z.object({ accountId: id, entryId: id }),
  },
})
