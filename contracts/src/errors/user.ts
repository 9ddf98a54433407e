import { defineErrors } from './define-errors.ts'

/** Logins, tokens and keys. */
export const userErrors = defineErrors({
  LOGIN_REFUSED: {
    status: 401,
    retryable: false,
    sentence: 'E-mail address and password do not belong together, or the address is not proven yet.',
    remedy: 'Check both; have a mail sent to set a new password, or answer the one sent at registration.',
  },
  LOGIN_THROTTLED: {
    status: 429,
    retryable: true,
    sentence: 'Too many failed logins; the next is heard in {seconds} s.',
    remedy: 'Wait, or have a mail sent to set a new password.',
  },
  USER_TOKEN_INVALID: {
    status: 400,
    retryable: false,
    sentence: 'The mailed token is unknown, used or expired.',
    remedy: 'Have a new one sent.',
  },
  REFRESH_TOKEN_INVALID: {
    status: 401,
    retryable: false,
    sentence: 'The refresh token is unknown, expired or revoked.',
    remedy: 'Log in again.',
  },
  REFRESH_TOKEN_REUSED: {
    status: 401,
    retryable: false,
    sentence: 'The refresh token was used before, so this login has been ended.',
    remedy: 'Log in again; if you did not use it twice, somebody has copied it.',
  },
  PASSWORD_WRONG: {
    status: 403,
    retryable: false,
    sentence: 'The current password is not right.',
    remedy: 'Check it, or have a mail sent to set a new one.',
  },
  MFA_TOKEN_INVALID: {
    status: 401,
    retryable: false,
    sentence: 'The token of this login is unknown, used or expired, or was tried too often.',
    remedy: 'Log in again.',
  },
  MFA_CODE_WRONG: {
    status: 403,
    retryable: false,
    sentence: 'The code is not right, or was used before.',
    remedy: 'Wait for the next code of your authenticator, check its clock, or use a recovery code.',
  },
  WEBAUTHN_REFUSED: {
    status: 403,
    retryable: false,
    sentence:
      'The authenticator did not answer what it was asked, answered for another page, or is not set up here.',
    remedy: 'Ask anew and answer within five minutes, on the page where the authenticator was set up.',
  },
  PAGE_UNKNOWN: {
    status: 403,
    retryable: false,
    sentence: 'No page of this tenant is at {page}.',
    remedy:
      'Ask from the tenant’s own domain or from FLATRENDER_PUBLIC_URL, or allow the origin in the branding.',
  },
  WEBAUTHN_COPIED: {
    status: 403,
    retryable: false,
    sentence: 'The authenticator counts behind what it counted before, so there may be a copy of it.',
    remedy: 'Use another factor or a recovery code, and remove this one.',
  },
  MFA_CODE_REQUIRED: {
    status: 403,
    retryable: false,
    sentence: 'There is a second factor, so the password alone proves too little.',
    remedy: 'Send a `code` of the factor, a recovery code, or the answer of an authenticator.',
  },
  STEP_UP_REQUIRED: {
    status: 403,
    retryable: false,
    sentence: 'This needs a login that was proven in the last 15 minutes.',
    remedy:
      'Send your password to `POST /auth/step-up`, or a code where you have a second factor; with neither, log in again. Then send the same again.',
  },
  FACTOR_UNKNOWN: {
    status: 404,
    retryable: false,
    sentence: 'There is no such second factor of yours.',
    remedy: 'List your factors, or set one up.',
  },
  SESSION_UNKNOWN: {
    status: 404,
    retryable: false,
    sentence: 'There is no such login of yours.',
    remedy: 'List your logins.',
  },
  INVITATION_UNKNOWN: {
    status: 404,
    retryable: false,
    sentence: 'There is no such open invitation.',
    remedy: 'List the invitations.',
  },
  INVITATION_UNMAILED: {
    status: 429,
    retryable: true,
    sentence:
      'That address was mailed five invitations within the last hour, so this one would reach nobody.',
    remedy: 'Invite again in an hour.',
  },
  INVITATION_INVALID: {
    status: 400,
    retryable: false,
    sentence: 'The invitation is unknown, accepted, revoked or expired.',
    remedy: 'Ask whoever invited you to do so again.',
  },
  INVITATION_NEEDS_LOGIN: {
    status: 409,
    retryable: false,
    sentence: 'There is a user with the invited address already.',
    remedy: 'Log in as that user, and send the same again with the access token.',
  },
  INVITATION_NEEDS_PASSWORD: {
    status: 400,
    retryable: false,
    sentence: 'The invited address is nobody’s yet, so a password is needed.',
    remedy: 'Send a `password` of at least ten letters.',
  },
  USER_UNKNOWN: {
    status: 404,
    retryable: false,
    sentence: 'There is no such user in this tenant.',
    remedy: 'List the users.',
  },
  OWNER_NEEDED: {
    status: 409,
    retryable: false,
    sentence: 'This is the last owner who may log in.',
    remedy: 'Make somebody else an owner first.',
  },
  ROLE_TOO_HIGH: {
    status: 403,
    retryable: false,
    sentence: 'This concerns {roles}: a role that allows more than you may do.',
    remedy: 'Choose another role, or have somebody do it who may do as much.',
  },
  API_KEY_UNKNOWN: {
    status: 404,
    retryable: false,
    sentence: 'There is no such API key.',
    remedy: 'List the keys.',
  },
  API_KEY_EXPIRED: {
    status: 400,
    retryable: false,
    sentence: 'A key that ends at {expiresAt} would be over before it began.',
    remedy: 'Name a moment that is still to come, or none.',
  },
  API_KEY_SCOPE_TOO_WIDE: {
    status: 403,
    retryable: false,
    sentence: 'A key cannot be given {scopes}: who makes it may not do that.',
    remedy: 'Leave these out, or have somebody make the key who may.',
  },
})
