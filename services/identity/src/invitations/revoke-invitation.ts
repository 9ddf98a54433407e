import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Identity } from '../deps.ts'
import { withdrawInvitations } from './withdraw-invitations.ts'

/** Makes an invitation useless that nobody has accepted yet. Errors: INVITATION_UNKNOWN. */
export async function revokeInvitation(
  identity: Identity,
  call: Call,
  { id }: { id: string },
): Promise<Record<string, never>> {
  await identity.database.transact(call.actor, async (transaction) => {
    const revoked = await withdrawInvitations(identity, transaction, call, { id })
    if (revoked === 0) throw new FlatRenderError('INVITATION_UNKNOWN')
  })
  return {}
}
