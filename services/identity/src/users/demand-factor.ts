import type { Call } from '@flatrender/contracts/call'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { hasFactor } from '../factors/factors-store.ts'
import { endSessions } from '../sessions/end-sessions.ts'
import { describeTenantUser } from './describe-tenant-user.ts'
import { lockGovernedUser } from './lock-governed-user.ts'
import { updateUserDemand } from './tenant-users-store.ts'

/**
 * Demands a second factor of a user, or no longer. Logins of one who has none end: the next leads to setting one up.
 * Errors: STEP_UP_REQUIRED, USER_UNKNOWN, ROLE_TOO_HIGH.
 */
export async function demandFactor(
  identity: Identity,
  call: Call,
  { id: userId, required }: { id: string; required: boolean },
) {
  const { tenantId } = call.actor
  return identity.database.transact(call.actor, async (transaction) => {
    const user = await lockGovernedUser(transaction, call, userId)
    if (user.requires_mfa === required) return describeTenantUser(user)
    await updateUserDemand(transaction, { tenantId, userId }, required)
    const action = required ? 'user.factor_demanded' : 'user.factor_excused'
    await writeAudit(transaction, call, { action, subject: userId })
    await identity.emit(transaction, {
      type: `identity.${action}`,
      tenantId,
      subject: userId,
      data: { userId },
    })
    if (required && !(await hasFactor(transaction, { tenantId, userId })))
      await endSessions(identity, transaction, call, { userId, reason: 'revoked' })
    return describeTenantUser({ ...user, requires_mfa: required })
  })
}
