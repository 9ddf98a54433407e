import type { Call } from '@flatrender/contracts/call'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import type { AnyTransaction } from '../tables.ts'
import { type InvitationChoice, updateInvitationsRevoked } from './invitations-store.ts'

/** Revokes one open invitation, or all that a user sent; writes each down and tells of it. Gives how many there were. */
export async function withdrawInvitations(
  identity: Identity,
  transaction: AnyTransaction,
  call: Call,
  choice: InvitationChoice,
): Promise<number> {
  const { tenantId } = call.actor
  const revoked = await updateInvitationsRevoked(transaction, tenantId, choice)
  for (const invitationId of revoked) {
    await writeAudit(transaction, call, { action: 'invitation.revoked', subject: invitationId })
    await identity.emit(transaction, {
      type: 'identity.invitation.revoked',
      tenantId,
      subject: invitationId,
      data: { invitationId },
    })
  }
  return revoked.length
}
