import { defineErrors } from './define-errors.ts'

/** Templates of the catalogue. */
export const contentErrors = defineErrors({
  TEMPLATE_UNKNOWN: {
    status: 404,
    retryable: false,
    sentence: 'There is no template {template}.',
    remedy: 'List those that there are with `GET /templates`.',
  },
  VERSION_UNKNOWN: {
    status: 404,
    retryable: false,
    sentence: 'There is no version {version} of a template.',
    remedy: 'Look at the list of its template’s versions.',
  },
  PACKAGE_DAMAGED: {
    status: 500,
    retryable: false,
    sentence: 'The stored package of version {version} is not what was published: {reason}.',
    remedy:
      'Put the file back from a backup of the storage; a starter template’s that is gone comes back with the next start.',
  },
})
