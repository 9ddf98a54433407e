import { defineErrors } from './define-errors.ts'

/** Domains of tenants. */
export const domainErrors = defineErrors({
  DOMAIN_INVALID: {
    status: 400,
    retryable: false,
    sentence: '{domain} is not a name that a website can have.',
    remedy: 'Send the name alone, such as video.example.com: no address, port or path.',
  },
  DOMAIN_UNKNOWN: {
    status: 404,
    retryable: false,
    sentence: 'This tenant has no domain of its own.',
    remedy: 'Set one with `PUT /branding/domain`.',
  },
  DOMAIN_UNPROVEN: {
    status: 409,
    retryable: true,
    sentence: 'There is no TXT record {record} that says what it should.',
    remedy: 'Add the record that `GET /branding` shows, and wait until your name servers tell of it.',
  },
  DOMAIN_UNANSWERED: {
    status: 503,
    retryable: true,
    sentence: 'No name server answered for {record}.',
    remedy: 'Try again in a minute; if it stays, look at the name servers of the domain.',
  },
  DOMAIN_TAKEN: {
    status: 409,
    retryable: false,
    sentence: 'The domain {domain} is another tenant’s.',
    remedy: 'Have it removed there first, or choose another one.',
  },
})
