import type { Render } from '../deps.ts'
import { procedures } from '../procedures.ts'
import { listNodes } from './list-nodes.ts'

const os = procedures.nodes

/** `nodes.*`: procedure → use case. */
export const nodesRoutes = (render: Render) => ({
  list: os.list.handler(({ context }) => listNodes(render, context)),
})
