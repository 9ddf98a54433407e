import { batchesRoutes } from './batches/batches-routes.ts'
import type { Render } from './deps.ts'
import { exportsRoutes } from './exports/exports-routes.ts'
import { nodeRoutes } from './nodes/node-routes.ts'
import { nodesRoutes } from './nodes/nodes-routes.ts'
import { rendersRoutes } from './renders/renders-routes.ts'
import { rowsRoutes } from './rows/rows-routes.ts'
import { snapshotsRoutes } from './snapshots/snapshots-routes.ts'
import { spotChecksRoutes } from './spot-checks/spot-checks-routes.ts'

/** Table of contents: each group of the contract and its routes. */
export function createRouter(render: Render) {
  return {
    renders: rendersRoutes(render),
    batches: batchesRoutes(render),
    exports: exportsRoutes(render),
    snapshots: snapshotsRoutes(render),
    nodes: nodesRoutes(render),
    spotChecks: spotChecksRoutes(render),
    rows: rowsRoutes(render),
    node: nodeRoutes(render),
  }
}
