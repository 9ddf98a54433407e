import { defineErrors } from './define-errors.ts'

/** The installation's folder, and the addresses that it listens on. */
export const homeErrors = defineErrors({
  HOME_UNUSABLE: {
    status: 503,
    retryable: false,
    sentence: 'The installation’s folder “{folder}” cannot be used: {reason}.',
    remedy: 'Let this user write there, or choose another folder in FLATRENDER_HOME.',
  },
  HOME_DISK_FULL: {
    status: 507,
    retryable: true,
    sentence: 'The disk that holds the installation’s folder “{folder}” is full.',
    remedy: 'Free some space, or move the folder and say so in FLATRENDER_HOME, then start again.',
  },
  HOST_UNUSABLE: {
    status: 500,
    retryable: false,
    sentence: 'Nothing can listen at {host}, port {port}: {reason}.',
    remedy:
      'Give an address of this machine in FLATRENDER_HOST, FLATRENDER_INTERNAL_HOST or FLATRENDER_METRICS_HOST.',
  },
})
