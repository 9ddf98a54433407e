import { defineErrors } from './define-errors.ts'

/** Who may do what. */
export const accessErrors = defineErrors({
  REQUEST_INVALID: {
    status: 400,
    retryable: false,
    sentence: 'The request is not as {procedure} takes it: {issues}.',
    remedy: 'Correct what is named; the reference under /docs says what is expected.',
  },
  REQUEST_KEY_REUSED: {
    status: 422,
    retryable: false,
    sentence: 'The Idempotency-Key of this request was used for another body.',
    remedy: 'Use a new key for a new request, and the same key only to send the very same again.',
  },
  REQUEST_UNDER_WAY: {
    status: 409,
    retryable: true,
    sentence: 'The request with this Idempotency-Key is still being worked on.',
    remedy: 'Send the same again in a moment.',
  },
  REQUEST_TOO_LARGE: {
    status: 413,
    retryable: false,
    sentence: 'The body of the request is larger than {limit} bytes.',
    remedy: 'Send less at a time; files go by upload.',
  },
  REQUEST_TYPE_UNKNOWN: {
    status: 415,
    retryable: false,
    sentence: 'The body of the request is not JSON, or does not say so.',
    remedy: 'Send JSON, with `content-type: application/json` and no `content-encoding`.',
  },
  REQUEST_LATE: {
    status: 408,
    retryable: true,
    sentence: 'The request did not arrive within {seconds} s.',
    remedy: 'Send it again, over a better connection or with less at a time.',
  },
  REQUEST_HEADERS_TOO_LARGE: {
    status: 431,
    retryable: false,
    sentence: 'The headers of the request are too large.',
    remedy: 'Send fewer or shorter headers: all together have 16 KB.',
  },
  REQUEST_EXPECTATION_UNKNOWN: {
    status: 417,
    retryable: false,
    sentence: 'The header Expect asks for what this server does not know.',
    remedy: 'Leave the header out, or send `100-continue`.',
  },
  METHOD_UNKNOWN: {
    status: 405,
    retryable: false,
    sentence: '{path} knows no {method}, but {allowed}.',
    remedy: 'Use one of these methods; the reference under /docs lists all routes.',
  },
  ROUTE_UNKNOWN: {
    status: 404,
    retryable: false,
    sentence: 'There is no {method} {path}.',
    remedy: 'The reference under /docs lists all routes.',
  },
  REQUEST_FAILED: {
    status: 500,
    retryable: true,
    sentence: 'Something went wrong on our side, in request {requestId}.',
    remedy: 'Try again; if it stays, tell whoever runs this installation the request’s id.',
  },
  SERVICE_UNAVAILABLE: {
    status: 503,
    retryable: true,
    sentence: 'The {service} service does not answer.',
    remedy: 'Try again in a few seconds.',
  },
  PORT_TAKEN: {
    status: 500,
    retryable: false,
    sentence: 'Port {port} of {host} is in use, or may not be opened.',
    remedy: 'End what uses it, or choose another with FLATRENDER_PORT.',
  },
  ACCESS_UNPROVEN: {
    status: 401,
    retryable: false,
    sentence: 'This needs a login or an API key.',
    remedy: 'Send `Authorization: Bearer` with an access token or an API key.',
  },
  ACCESS_TOKEN_INVALID: {
    status: 401,
    retryable: false,
    sentence: 'The access token or API key is not valid here, or no longer.',
    remedy: 'Refresh the token, log in again, or use another key.',
  },
  ACCESS_FORBIDDEN: {
    status: 403,
    retryable: false,
    sentence: 'This needs the permission {permission}.',
    remedy: 'Ask an owner or admin of the tenant for a role or scope that has it.',
  },
  RATE_LIMITED: {
    status: 429,
    retryable: true,
    sentence: 'Too many requests: {what} may send {limit} in {seconds} s.',
    remedy: 'Wait for as long as `Retry-After` says.',
  },
  TENANT_SUSPENDED: {
    status: 403,
    retryable: false,
    sentence: 'This tenant is suspended.',
    remedy: 'Ask whoever runs it, or its reseller.',
  },
  TENANT_UNKNOWN: {
    status: 404,
    retryable: false,
    sentence: 'There is no tenant {tenant} here.',
    remedy: 'List the tenants that you can see.',
  },
  TENANT_KIND_MISPLACED: {
    status: 409,
    retryable: false,
    sentence: 'A {parent} has no {kind} below it.',
    remedy: 'The platform has resellers and customers below it, and a reseller has customers.',
  },
  TENANT_SLUG_TAKEN: {
    status: 409,
    retryable: false,
    sentence: 'There is a tenant with the slug {slug} already.',
    remedy: 'Choose another one.',
  },
})
