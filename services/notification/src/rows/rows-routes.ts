import type { NotificationDeps } from '../deps.ts'
import { procedures } from '../procedures.ts'
import { listRowsOfUser } from './list-rows-of-user.ts'

const os = procedures.rows

/** `rows.*`: procedure → use case. */
export const rowsRoutes = (deps: NotificationDeps) =>
  os.router({
    ofUser: os.ofUser.handler(({ context, input }) => listRowsOfUser(deps, context, input)),
  })
