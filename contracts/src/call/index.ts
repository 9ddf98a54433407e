export { type Actor, actorSchema, type Call, callSchema, DEFAULT_TENANT_ID } from './actor.ts'
export { asSystem, callAsSystem } from './as-system.ts'
export { listProcedures, type ShownProcedure } from './list-procedures.ts'
export { nextPage, type Page, pageInput } from './page.ts'
export {
  type BuiltInRole,
  builtInRoles,
  type KeyScope,
  keyScopes,
  type Permission,
  permissions,
  rolePermissions,
} from './permissions.ts'
export { type AccessRule, accessOf, type Client, procedure } from './procedure.ts'
export type { RawRoute, RawRoutes } from './raw-route.ts'
export { missingRows, type RowsByTable, rowsByTable, rowsOfUser } from './rows.ts'
