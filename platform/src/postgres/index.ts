export { type Owner, type OwnerOptions, openOwner } from './open-owner.ts'
export { type PostgresOptions, type PostgresServer, startPostgres } from './start-postgres.ts'
