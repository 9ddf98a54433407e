import type { Content } from './deps.ts'
import { procedures } from './procedures.ts'
import { rowsRoutes } from './rows/rows-routes.ts'
import { templatesRoutes } from './templates/templates-routes.ts'
import { versionsRoutes } from './versions/versions-routes.ts'

/** Table of contents: each group of the contract and its routes. */
export function createRouter(content: Content) {
  return procedures.router({
    templates: templatesRoutes(content),
    versions: versionsRoutes(content),
    rows: rowsRoutes(content),
  })
}
