import { defineErrors } from './define-errors.ts'

/** The key that seals what nobody may read from the database. */
export const secretErrors = defineErrors({
  SECRET_KEY_INVALID: {
    status: 503,
    retryable: false,
    sentence: 'The secret key in {place} is not 32 bytes in base64.',
    remedy:
      'Give the key that this installation was made with; a new one comes from `openssl rand -base64 32`.',
  },
  SECRET_UNREADABLE: {
    status: 503,
    retryable: false,
    sentence: 'What is sealed in {place} cannot be opened with the secret keys given.',
    remedy: 'Give the key that it was sealed with in FLATRENDER_SECRET_KEY, or among the former keys.',
  },
})
