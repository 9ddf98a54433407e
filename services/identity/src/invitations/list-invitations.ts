import type { Call, Page } from '@flatrender/contracts/call'
import { cutPage } from '@flatrender/platform/service'
import type { Identity } from '../deps.ts'
import { describeInvitation } from './describe-invitation.ts'
import { findInvitations } from './invitations-store.ts'

/** Lists the tenant's invitations that nobody has accepted yet. */
export async function listInvitations(identity: Identity, call: Call, { cursor, limit }: Page) {
  const rows = await identity.database.transact(call.actor, (transaction) =>
    findInvitations(transaction, call.actor.tenantId, { cursor, limit: limit + 1 }),
  )
  const { page, next } = cutPage(rows, limit)
  return { invitations: page.map(describeInvitation), next }
}
