import type { Call } from '@flatrender/contracts/call'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { withdrawInvitations } from '../invitations/withdraw-invitations.ts'
import { endSessions } from '../sessions/end-sessions.ts'
import { describeTenantUser } from './describe-tenant-user.ts'
import { assertOwnerRemains, lockGovernedUser } from './lock-governed-user.ts'
import { updateUserState } from './tenant-users-store.ts'

/**
 * Suspends a user of the tenant: every login of theirs ends, their keys rest and their open invitations are revoked. One who
 * is suspended already stays so. Errors: STEP_UP_REQUIRED, USER_UNKNOWN, ROLE_TOO_HIGH, OWNER_NEEDED.
 */
export async function suspendUser(
  identity: Identity,
  call: Call,
  { id: userId, reason }: { id: string; reason: string },
) {
  const { tenantId } = call.actor
  return identity.database.transact(call.actor, async (transaction) => {
    const user = await lockGovernedUser(transaction, call, userId)
    if (user.state === 'suspended') return describeTenantUser(user)
    await assertOwnerRemains(transaction, call, user)
    await updateUserState(transaction, { tenantId, userId }, { state: 'suspended', reason })
    await writeAudit(transaction, call, { action: 'user.suspended', subject: userId, after: { reason } })
    await identity.emit(transaction, {
      type: 'identity.user.suspended',
      tenantId,
      subject: userId,
      data: { userId },
    })
    await endSessions(identity, transaction, call, { userId, reason: 'user_suspended' })
    await withdrawInvitations(identity, transaction, call, { invitedById: userId })
    return describeTenantUser({ ...user, state: 'suspended' })
  })
}
