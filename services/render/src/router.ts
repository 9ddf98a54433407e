import type { Render } from './deps.ts'
import { nodeRoutes } from './nodes/node-routes.ts'
import { nodesRoutes } from './nodes/nodes-routes.ts'

/** Table of contents: each group of the contract and its routes. */
export function createRouter(render: Render) {
  return {
    nodes: nodesRoutes(render),
    node: nodeRoutes(render),
  }
}
