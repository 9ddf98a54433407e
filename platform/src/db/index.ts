export type { Listener } from './listen.ts'
export {
  type DatabaseOptions,
  openSystemDatabase,
  openTenantDatabase,
  type SystemDatabase,
  type SystemTransaction,
  type TenantDatabase,
  type TenantTransaction,
} from './open-database.ts'
export type { TenantScope } from './scope.ts'
