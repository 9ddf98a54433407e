import { defineErrors } from './define-errors.ts'

/** The database and the server that comes with us. */
export const databaseErrors = defineErrors({
  POSTGRES_UNAVAILABLE: {
    status: 503,
    retryable: false,
    sentence: 'No PostgreSQL comes with FlatRender for {system}.',
    remedy: 'Install PostgreSQL 15 or later and give its address in FLATRENDER_DATABASE_URL.',
  },
  POSTGRES_FAILED: {
    status: 503,
    retryable: true,
    sentence: 'The embedded PostgreSQL did not start ({program}): {reason}.',
    remedy: 'Look into the log beside its data folder, or give another server in FLATRENDER_DATABASE_URL.',
  },
  DATABASE_UNREACHABLE: {
    status: 503,
    retryable: true,
    sentence: 'The database {database} at {server} cannot be reached: {reason}.',
    remedy: 'Check FLATRENDER_DATABASE_URL, and that the server runs and takes this user and password.',
  },
  DATABASE_OUTDATED: {
    status: 503,
    retryable: false,
    sentence: 'The database {database} was made by another version of FlatRender: {migration} differs.',
    remedy: 'Make it anew with `flatrender init-db --reset`, which deletes what is in it and asks first.',
  },
  DATABASE_ROLES_MISSING: {
    status: 503,
    retryable: false,
    sentence: 'The database user {user} may not create the roles {roles}.',
    remedy: 'Have an administrator run what `flatrender init-db --print-roles` prints, then start again.',
  },
})
