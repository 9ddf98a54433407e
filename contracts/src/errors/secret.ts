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
  SECRET_KEY_MISSING: {
    status: 503,
    retryable: false,
    sentence: 'The folder “{folder}” holds a database, but not the secret key that belongs to it.',
    remedy:
      'Put secret.key back from where you keep it, or give the key in FLATRENDER_SECRET_KEY; without it the database does not open.',
  },
  SECRET_KEY_DIFFERS: {
    status: 503,
    retryable: false,
    sentence: 'The database in “{folder}” was made with another secret key than the one given.',
    remedy: 'Put the secret.key of this installation back, or give it in FLATRENDER_SECRET_KEY.',
  },
  SECRET_UNREADABLE: {
    status: 503,
    retryable: false,
    sentence: 'What is sealed in {place} cannot be opened with the secret keys given.',
    remedy: 'Give the key that it was sealed with in FLATRENDER_SECRET_KEY, or among the former keys.',
  },
})
