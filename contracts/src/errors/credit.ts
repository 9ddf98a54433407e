import { defineErrors } from './define-errors.ts'

/** What rendering is paid with. */
export const creditErrors = defineErrors({
  CREDITS_SHORT: {
    status: 402,
    retryable: false,
    sentence: 'This needs {needed} credits, and {available} may be spent on it.',
    remedy: 'Wait until other work has ended, get more credits, or ask for less.',
  },
  CREDIT_ACCOUNT_UNKNOWN: {
    status: 404,
    retryable: false,
    sentence: 'There is no account {account} here that this may be done to.',
    remedy:
      'Name a user where the tenant bills per user, else the tenant; credits are granted to tenants right below and to users of one’s own.',
  },
  CREDIT_REFERENCE_REUSED: {
    status: 409,
    retryable: false,
    sentence: 'The reference {reference} stands for another amount already.',
    remedy: 'Send what was sent first, or choose another reference.',
  },
  CREDIT_RESERVATION_UNKNOWN: {
    status: 404,
    retryable: false,
    sentence: 'No credits of this account were reserved under {reference}.',
    remedy: 'Reserve them first.',
  },
  CREDIT_RESERVATION_ENDED: {
    status: 409,
    retryable: false,
    sentence: 'The reservation {reference} has ended: it is {state}.',
    remedy: 'Reserve under another reference.',
  },
})
