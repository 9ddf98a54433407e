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
  DATABASE_TOO_OLD: {
    status: 503,
    retryable: false,
    sentence: 'The database {database} is on PostgreSQL {version}; this takes {oldest} or later.',
    remedy: 'Upgrade that server, or unset FLATRENDER_DATABASE_URL to use the PostgreSQL that comes along.',
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
  DATABASE_ROLES_TAKEN: {
    status: 409,
    retryable: false,
    sentence:
      'The roles of this PostgreSQL have passwords by another secret key than the one given, and the databases {databases} use them.',
    remedy:
      'Give that installation’s key in FLATRENDER_SECRET_KEY, or use another PostgreSQL; where those databases may be locked out, run `flatrender init-db --take-roles`. Nothing was changed.',
  },
  DATABASE_UNPREPARED: {
    status: 409,
    retryable: false,
    sentence: 'The database {database} holds nothing of FlatRender.',
    remedy: 'Check FLATRENDER_DATABASE_URL, or run `flatrender init-db` first.',
  },
  DATABASE_IN_USE: {
    status: 409,
    retryable: true,
    sentence: 'Services work in the database {database}, on {hosts}.',
    remedy: 'Stop them, and try again twenty seconds after the last one ended.',
  },
  BACKUP_UNREADABLE: {
    status: 422,
    retryable: false,
    sentence: 'The backup “{file}” cannot be read: {reason}.',
    remedy: 'Nothing was changed; take another copy of it, or an older backup.',
  },
  BACKUP_OUTDATED: {
    status: 422,
    retryable: false,
    sentence:
      'The backup “{file}” is of another database, made by FlatRender {version}: {migration} differs.',
    remedy: 'Restore it with FlatRender {version}; nothing was changed.',
  },
  BACKUP_KEY_DIFFERS: {
    status: 422,
    retryable: false,
    sentence:
      'What is sealed in the backup “{file}” opens with another secret key, {keyId}, than the one given.',
    remedy:
      'Give that installation’s key in FLATRENDER_SECRET_KEY or as secret.key, or add --other-key and lose what is sealed; nothing was changed.',
  },
  DATABASE_LOST: {
    status: 503,
    retryable: true,
    sentence: 'The database does not answer ({reason}).',
    remedy: 'Try again in a few seconds; what was under way has been done wholly or not at all.',
  },
  REFERENCES_DANGLING: {
    status: 500,
    retryable: false,
    sentence: '{column} names {count} rows that are not there, such as {examples}.',
    remedy:
      'Look for dead jobs of that service by `flatrender jobs list` and replay them; if there are none, this is a bug in FlatRender.',
  },
})
