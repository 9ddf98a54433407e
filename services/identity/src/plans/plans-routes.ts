import type { Identity } from '../deps.ts'
import { procedures } from '../procedures.ts'
import { listPlans } from './list-plans.ts'
import { standingOf } from './standing-of.ts'

const os = procedures.plans

/** `plans.*`: procedure → use case. */
export const plansRoutes = (identity: Identity) =>
  os.router({
    list: os.list.handler(({ context }) => listPlans(identity, context)),
    standingOf: os.standingOf.handler(({ context, input }) => standingOf(identity, context, input)),
  })
