import type { Identity } from '../deps.ts'
import { procedures } from '../procedures.ts'
import { createInvitation } from './create-invitation.ts'
import { listInvitations } from './list-invitations.ts'
import { revokeInvitation } from './revoke-invitation.ts'

const os = procedures.invitations

/** `invitations.*`: procedure → use case. */
export const invitationsRoutes = (identity: Identity) =>
  os.router({
    create: os.create.handler(({ context, input }) => createInvitation(identity, context, input)),
    list: os.list.handler(({ context, input }) => listInvitations(identity, context, input)),
    revoke: os.revoke.handler(({ context, input }) => revokeInvitation(identity, context, input)),
  })
