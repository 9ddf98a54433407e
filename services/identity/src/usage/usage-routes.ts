import type { Identity } from '../deps.ts'
import { procedures } from '../procedures.ts'
import { showUsage } from './show-usage.ts'
import { showUsageOf } from './show-usage-of.ts'

const os = procedures.usage

/** `usage.*`: procedure → use case. */
export const usageRoutes = (identity: Identity) =>
  os.router({
    show: os.show.handler(({ context, input }) => showUsage(identity, context, input)),
    showOf: os.showOf.handler(({ context, input }) => showUsageOf(identity, context, input)),
  })
