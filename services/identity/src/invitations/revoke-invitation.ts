import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { updateInvitationRevoked } from './invitations-store.ts'

/** Makes an invitation useless that nobody has accepted yet. Errors: INVITATION_UNKNOWN. */
export async function revokeInvitation(
  identity: Identity,
  call: Call,
  { id }: { id: string },
): Promise<Record<string, never>> {
  const { tenantId } = call.actor
  await identity.database.transact(call.actor, async (transaction) => {
    if (!(await updateInvitationRevoked(transaction, { tenantId, invitationId: id })))
      throw new FlatRenderError('INVITATION_UNKNOWN')
    await writeAudit(transaction, call, { action: 'invitation.revoked', subject: id })
    await identity.emit(transaction, {
      type: 'identity.invitation.revoked',
      tenantId,
      subject: id,
      data: { invitationId: id },
    })
  })
  return {}
}
