import type { FileDeps } from './deps.ts'
import { filesRoutes } from './files/files-routes.ts'
import { procedures } from './procedures.ts'
import { rowsRoutes } from './rows/rows-routes.ts'
import { uploadsRoutes } from './uploads/uploads-routes.ts'

/** Table of contents: each group of the contract and its routes. */
export function createRouter(deps: FileDeps) {
  return procedures.router({ uploads: uploadsRoutes(deps), files: filesRoutes(deps), rows: rowsRoutes(deps) })
}
