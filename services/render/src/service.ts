import { serveArchive } from './archives/serve-archive.ts'
import { listConsumers } from './consumers.ts'
import { openRender, type RenderDeps } from './deps.ts'
import { cron, listJobs } from './jobs.ts'
import { createRouter } from './router.ts'

export { type RenderConfig, renderConfig } from './config.ts'
export type { RenderDeps, RenderEvent } from './deps.ts'
export type { Tables as RenderTables } from './tables.ts'

/** The orchestrator: renders, the nodes that make them, and what they are made of. Nothing runs before it is asked. */
export function createRenderService(deps: RenderDeps) {
  const render = openRender(deps)
  return {
    router: createRouter(render),
    /** What answers its raw routes. */
    streams: { get: serveArchive(render) },
    consumers: listConsumers(render),
    jobs: listJobs(render),
    cron,
    /** Lets go of what waits for work and of who watches, so that the process can end. */
    async close() {
      const { watch, batchWatch, leases, compiler, trialCompiler } = render
      await Promise.all([watch, batchWatch, leases, compiler, trialCompiler].map((one) => one.close()))
    },
  }
}
