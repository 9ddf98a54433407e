import type { Render } from '../deps.ts'
import { leaseFrameJobs } from '../frame-jobs/lease-frame-jobs.ts'
import { reportMany, reportOne } from '../frame-jobs/take-reports.ts'
import { procedures } from '../procedures.ts'
import { beatNode } from './beat-node.ts'
import { enrolNode } from './enrol-node.ts'
import { releaseNode } from './release-node.ts'
import { startNode } from './start-node.ts'

const os = procedures.node

/** `node.*`, what nodes ask: procedure → use case. */
export const nodeRoutes = (render: Render) =>
  os.router({
    enrol: os.enrol.handler(({ context, input }) => enrolNode(render, context, input)),
    start: os.start.handler(({ context, input }) => startNode(render, context, input)),
    lease: os.lease.handler(({ context, input, signal }) => leaseFrameJobs(render, context, input, signal)),
    beat: os.beat.handler(({ context, input }) => beatNode(render, context, input)),
    complete: os.complete.handler(({ context, input }) => reportOne(render, context, input)),
    fail: os.fail.handler(({ context, input }) => reportOne(render, context, input)),
    reportMany: os.reportMany.handler(({ context, input }) => reportMany(render, context, input)),
    release: os.release.handler(({ context, input }) => releaseNode(render, context, input)),
  })
