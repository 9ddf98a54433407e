import type { Render } from '../deps.ts'
import { procedures } from '../procedures.ts'
import { listSpotChecks } from './list-spot-checks.ts'

const os = procedures.spotChecks

/** `spotChecks.*`: procedure → use case. */
export const spotChecksRoutes = (render: Render) =>
  os.router({
    list: os.list.handler(({ context, input }) => listSpotChecks(render, context, input)),
  })
