import type { Identity } from '../deps.ts'
import { deleteMe } from '../personal/delete-me.ts'
import { deleteUser } from '../personal/delete-user.ts'
import { exportMe } from '../personal/export-me.ts'
import { procedures } from '../procedures.ts'
import { listSessions } from '../sessions/list-sessions.ts'
import { revokeSession } from '../sessions/revoke-session.ts'
import { changeMe } from './change-me.ts'
import { changePassword } from './change-password.ts'
import { changeRoles } from './change-roles.ts'
import { demandFactor } from './demand-factor.ts'
import { listUsers } from './list-users.ts'
import { resumeUser } from './resume-user.ts'
import { showMe } from './show-me.ts'
import { suspendUser } from './suspend-user.ts'

const os = procedures.users

/** `users.*`: procedure → use case. */
export const usersRoutes = (identity: Identity) =>
  os.router({
    me: os.me.handler(({ context }) => showMe(identity, context)),
    changeMe: os.changeMe.handler(({ context, input }) => changeMe(identity, context, input)),
    exportMe: os.exportMe.handler(({ context }) => exportMe(identity, context)),
    deleteMe: os.deleteMe.handler(({ context }) => deleteMe(identity, context)),
    changePassword: os.changePassword.handler(({ context, input }) =>
      changePassword(identity, context, input),
    ),
    listSessions: os.listSessions.handler(({ context, input }) => listSessions(identity, context, input)),
    revokeSession: os.revokeSession.handler(({ context, input }) => revokeSession(identity, context, input)),
    list: os.list.handler(({ context, input }) => listUsers(identity, context, input)),
    suspend: os.suspend.handler(({ context, input }) => suspendUser(identity, context, input)),
    resume: os.resume.handler(({ context, input }) => resumeUser(identity, context, input)),
    demandFactor: os.demandFactor.handler(({ context, input }) => demandFactor(identity, context, input)),
    delete: os.delete.handler(({ context, input }) => deleteUser(identity, context, input)),
    changeRoles: os.changeRoles.handler(({ context, input }) => changeRoles(identity, context, input)),
  })
