import { showCrash } from '../crashes/show-crash.ts'
import type { Render } from '../deps.ts'
import { procedures } from '../procedures.ts'
import { changeNodeState } from './change-node-state.ts'
import { createNode } from './create-node.ts'
import { enrolLocal } from './enrol-local.ts'
import { identifyNode } from './identify-node.ts'
import { listNodes } from './list-nodes.ts'
import { showNode } from './show-node.ts'

const os = procedures.nodes

/** `nodes.*`: procedure → use case. */
export const nodesRoutes = (render: Render) =>
  os.router({
    create: os.create.handler(({ context, input }) => createNode(render, context, input)),
    list: os.list.handler(({ context }) => listNodes(render, context)),
    show: os.show.handler(({ context, input }) => showNode(render, context, input)),
    replay: os.replay.handler(({ context, input }) => showCrash(render, context, input)),
    drain: os.drain.handler(({ context, input }) => changeNodeState(render, context, 'drain', input)),
    pause: os.pause.handler(({ context, input }) => changeNodeState(render, context, 'pause', input)),
    resume: os.resume.handler(({ context, input }) => changeNodeState(render, context, 'resume', input)),
    retire: os.retire.handler(({ context, input }) => changeNodeState(render, context, 'retire', input)),
    identify: os.identify.handler(({ input }) => identifyNode(render, input)),
    enrolLocal: os.enrolLocal.handler(({ context, input }) => enrolLocal(render, context, input)),
  })
