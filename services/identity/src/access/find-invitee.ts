import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { findInvitation } from '../invitations/invitations-store.ts'
import { findPresentation } from '../tenants/tenants-store.ts'
import { findUserByEmail } from '../users/users-store.ts'
import { greetedAs } from './find-contact.ts'

/** Where an invited person gets mail; null where the invitation is no longer open. */
export async function findInvitee(
  identity: Identity,
  call: Call,
  { invitationId }: { invitationId: string },
) {
  const { tenantId } = call.actor
  return identity.database.transact(call.actor, async (transaction) => {
    const invitation = await findInvitation(transaction, { tenantId, invitationId })
    if (invitation === undefined) return null
    const known = await findUserByEmail(transaction, tenantId, invitation.email)
    const { language } = known ?? (await findPresentation(transaction, tenantId))
    return { email: invitation.email, name: known === undefined ? '' : greetedAs(known), language }
  })
}
