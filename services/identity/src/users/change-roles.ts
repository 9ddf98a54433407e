import type { BuiltInRole, Call } from '@flatrender/contracts/call'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { withdrawInvitations } from '../invitations/withdraw-invitations.ts'
import { endSessions } from '../sessions/end-sessions.ts'
import { assertGrantable } from './assert-grantable.ts'
import { describeTenantUser } from './describe-tenant-user.ts'
import { assertOwnerRemains, lockGovernedUser } from './lock-governed-user.ts'
import { replaceRoles } from './tenant-users-store.ts'

/**
 * Gives a user these roles and no others. Every login of theirs ends, for its token says what they could do before, and
 * their open invitations are revoked. Errors: STEP_UP_REQUIRED, USER_UNKNOWN, ROLE_TOO_HIGH, OWNER_NEEDED.
 */
export async function changeRoles(
  identity: Identity,
  call: Call,
  input: { id: string; roles: readonly BuiltInRole[] },
) {
  const { tenantId } = call.actor
  const { id: userId } = input
  const roles = [...new Set(input.roles)].sort()
  return identity.database.transact(call.actor, async (transaction) => {
    const user = await lockGovernedUser(transaction, call, userId)
    assertGrantable(call, roles)
    if (user.roles.join() === roles.join()) return describeTenantUser(user)
    if (!roles.includes('owner')) await assertOwnerRemains(transaction, call, user)
    await replaceRoles(transaction, { tenantId, userId }, roles)
    await writeAudit(transaction, call, {
      action: 'user.roles_changed',
      subject: userId,
      before: { roles: user.roles },
      after: { roles },
    })
    await identity.emit(transaction, {
      type: 'identity.user.roles_changed',
      tenantId,
      subject: userId,
      data: { userId },
    })
    await endSessions(identity, transaction, call, { userId, reason: 'revoked' })
    await withdrawInvitations(identity, transaction, call, { invitedById: userId })
    return describeTenantUser({ ...user, roles })
  })
}
