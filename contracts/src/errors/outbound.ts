import { defineErrors } from './define-errors.ts'

/** Addresses that customers name, and what comes from there. */
export const outboundErrors = defineErrors({
  ADDRESS_REFUSED: {
    status: 422,
    retryable: false,
    sentence: 'Nothing is sent to or got from {address}: {reason}[ ({place})].',
    remedy:
      'Name an http or https address that everybody reaches; whoever runs the installation can allow others with FLATRENDER_OUTBOUND_ALLOWED.',
  },
  ADDRESS_UNREACHABLE: {
    status: 502,
    retryable: true,
    sentence: '{address} does not answer as it should: {reason}[ ({place})].',
    remedy: 'Check that it can be reached from the internet, then try again.',
  },
  DOWNLOAD_MISSING: {
    status: 422,
    retryable: false,
    sentence: '{address} gives no file: it answers with {status}[ ({place})].',
    remedy: 'Check the address, and that it opens without a login; a signed one may have expired.',
  },
  DOWNLOAD_TOO_LARGE: {
    status: 422,
    retryable: false,
    sentence: 'The file at {address} is larger than {limit} bytes[ ({place})].',
    remedy: 'Use a smaller file.',
  },
  DOWNLOAD_TOO_SLOW: {
    status: 422,
    retryable: true,
    sentence: 'The file at {address} did not come in time: {reason}[ ({place})].',
    remedy: 'Try again, or upload the file.',
  },
})
