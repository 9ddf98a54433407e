import type { Call } from '@flatrender/contracts/call'
import { findPages } from '../branding/pages-store.ts'
import type { Identity } from '../deps.ts'
import { findInvitation } from '../invitations/invitations-store.ts'
import { findPresentation } from '../tenants/tenants-store.ts'
import { findUser, findUserByEmail } from '../users/users-store.ts'
import { greetedAs } from './find-contact.ts'

/** Where an invited person gets mail, and into what they are invited by whom; null where the invitation is no longer open. */
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
    const { invited_by_id: userId, email } = invitation
    const inviter = userId === null ? undefined : await findUser(transaction, { tenantId, userId })
    const { name: tenant, language } = await findPresentation(transaction, tenantId)
    const { own: page = null } = await findPages(transaction, tenantId)
    return {
      email,
      name: known === undefined ? '' : greetedAs(known),
      language: known?.language ?? language,
      invitation: { tenant, inviter: inviter === undefined ? '' : greetedAs(inviter), page },
    }
  })
}
