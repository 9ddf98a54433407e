import type { Render } from '../deps.ts'
import { procedures } from '../procedures.ts'
import { listRowsOfUser } from './list-rows-of-user.ts'

const os = procedures.rows

/** `rows.*`: procedure → use case. */
export const rowsRoutes = (render: Render) =>
  os.router({
    ofUser: os.ofUser.handler(({ context, input }) => listRowsOfUser(render, context, input)),
  })
