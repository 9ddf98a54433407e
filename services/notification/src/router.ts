import type { NotificationDeps } from './deps.ts'
import { procedures } from './procedures.ts'
import { rowsRoutes } from './rows/rows-routes.ts'

/** Table of contents: each group of the contract and its routes. */
export function createRouter(deps: NotificationDeps) {
  return procedures.router({ rows: rowsRoutes(deps) })
}
