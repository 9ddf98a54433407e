import { defineErrors } from './define-errors.ts'

/** What tenants are told of by POST. */
export const webhookErrors = defineErrors({
  WEBHOOK_UNKNOWN: {
    status: 404,
    retryable: false,
    sentence: 'There is no such webhook.',
    remedy: 'List the webhooks with `GET /webhooks`.',
  },
  WEBHOOKS_TOO_MANY: {
    status: 409,
    retryable: false,
    sentence: 'There are {limit} webhooks already, and no more are possible.',
    remedy: 'Delete one that is not needed any more; one can take every type of event.',
  },
  WEBHOOK_WITHOUT_ADDRESS: {
    status: 409,
    retryable: false,
    sentence: 'This webhook has no address of its own: what it sends goes where renders say.',
    remedy: 'Pause it or replace its secret; addresses are given with `POST /renders`.',
  },
  WEBHOOK_DELIVERY_UNKNOWN: {
    status: 404,
    retryable: false,
    sentence: 'There is no such delivery.',
    remedy: 'List those of a webhook with `GET /webhooks/{id}/deliveries`; they are kept for 30 days.',
  },
})
