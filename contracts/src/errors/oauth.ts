import { defineErrors } from './define-errors.ts'

/** Logins by an account elsewhere. */
export const oauthErrors = defineErrors({
  OAUTH_PROVIDER_UNKNOWN: {
    status: 404,
    retryable: false,
    sentence: 'There is no such login provider here, or it is paused.',
    remedy: 'List the providers, or log in another way.',
  },
  OAUTH_PROVIDER_KEY_TAKEN: {
    status: 409,
    retryable: false,
    sentence: 'There is a login provider with the key {key} already.',
    remedy: 'Choose another one, or change the one there is.',
  },
  OAUTH_PROVIDER_IN_USE: {
    status: 409,
    retryable: false,
    sentence: 'Users log in by this provider.',
    remedy: 'Pause it instead: then nobody logs in by it.',
  },
  OAUTH_PROVIDER_INVALID: {
    status: 400,
    retryable: false,
    sentence: 'The login provider can’t be used so: {reason}.',
    remedy: 'Correct what is named; the provider’s own pages say what is right.',
  },
  OAUTH_PROVIDER_UNREACHABLE: {
    status: 502,
    retryable: true,
    sentence: 'The login provider {provider} doesn’t answer as it should: {reason}.',
    remedy: 'Try again in a moment, or log in another way.',
  },
  OAUTH_ANSWER_INVALID: {
    status: 502,
    retryable: false,
    sentence: 'What the login provider {provider} answered proves nothing: {reason}.',
    remedy: 'Log in again; if it stays, have an admin check the provider’s client, secret and issuer.',
  },
  OAUTH_DENIED: {
    status: 403,
    retryable: false,
    sentence: 'The login was broken off at the provider.',
    remedy: 'Log in again and agree there, or log in another way.',
  },
  OAUTH_REDIRECT_REFUSED: {
    status: 400,
    retryable: false,
    sentence: 'Nobody may be sent back to {uri}.',
    remedy: 'Use a page of the tenant’s own origins, or have an admin add this one to the provider.',
  },
  OAUTH_STATE_INVALID: {
    status: 400,
    retryable: false,
    sentence: 'This login was not begun here, was finished before, or is older than ten minutes.',
    remedy: 'Begin again, in the browser in which you want to end.',
  },
  OAUTH_EMAIL_MISSING: {
    status: 403,
    retryable: false,
    sentence: 'The login provider {provider} tells no e-mail address of yours.',
    remedy: 'Allow it to tell your address, or register with an e-mail address and a password.',
  },
  OAUTH_EMAIL_UNPROVEN: {
    status: 403,
    retryable: false,
    sentence: 'Your e-mail address is not proven yet; a mail was sent there.',
    remedy: 'Answer the mail, then log in again.',
  },
  OAUTH_LOGIN_NEEDED: {
    status: 409,
    retryable: false,
    sentence:
      'There is a user with this e-mail address already, and this account doesn’t prove to be theirs.',
    remedy: 'Log in as that user in the way you did before, and link the account there.',
  },
  OAUTH_LOGIN_REFUSED: {
    status: 403,
    retryable: false,
    sentence: 'The user whom this account belongs to may not log in.',
    remedy: 'Ask whoever runs this tenant.',
  },
  OAUTH_ACCOUNT_TAKEN: {
    status: 409,
    retryable: false,
    sentence: 'This account belongs to another user, or you have another one of this provider.',
    remedy: 'Unlink the other one first.',
  },
  OAUTH_ACCOUNT_UNKNOWN: {
    status: 404,
    retryable: false,
    sentence: 'There is no such linked account of yours.',
    remedy: 'List your linked accounts.',
  },
  OAUTH_ACCOUNT_NEEDED: {
    status: 409,
    retryable: false,
    sentence: 'This account is the only way in that is left to you.',
    remedy: 'Have a mail sent to set a password, or link another account first.',
  },
})
