import type { Identity } from '../deps.ts'
import { procedures } from '../procedures.ts'
import { listRequests } from '../request-log/list-requests.ts'
import { listAudit } from './list-audit.ts'

const os = procedures.audit

/** `audit.*`: procedure → use case. */
export const auditRoutes = (identity: Identity) =>
  os.router({
    list: os.list.handler(({ context, input }) => listAudit(identity, context, input)),
    listRequests: os.listRequests.handler(({ context, input }) => listRequests(identity, context, input)),
  })
