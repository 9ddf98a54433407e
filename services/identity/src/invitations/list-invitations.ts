import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { describeInvitation } from './describe-invitation.ts'
import { findInvitations } from './invitations-store.ts'

/** Lists the tenant's invitations that nobody has accepted yet. */
export async function listInvitations(identity: Identity, call: Call) {
  const rows = await identity.database.transact(call.actor, (transaction) =>
    findInvitations(transaction, call.actor.tenantId),
  )
  return { invitations: rows.map(describeInvitation) }
}
