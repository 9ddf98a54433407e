import type { Content } from '../deps.ts'
import { procedures } from '../procedures.ts'
import { listMissing } from './list-missing.ts'
import { listRowsOfUser } from './list-rows-of-user.ts'

const os = procedures.rows

/** `rows.*`: procedure → use case. */
export const rowsRoutes = (content: Content) =>
  os.router({
    ofUser: os.ofUser.handler(({ context, input }) => listRowsOfUser(content, context, input)),
    missing: os.missing.handler(({ input }) => listMissing(content, input)),
  })
