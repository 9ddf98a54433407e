import type { Call } from '@flatrender/contracts/call'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { describeTenantUser } from './describe-tenant-user.ts'
import { lockGovernedUser } from './lock-governed-user.ts'
import { updateUserState } from './tenant-users-store.ts'

/** Lifts the suspension of a user; one who is active stays so. Errors: STEP_UP_REQUIRED, USER_UNKNOWN, ROLE_TOO_HIGH. */
export async function resumeUser(identity: Identity, call: Call, { id: userId }: { id: string }) {
  const { tenantId } = call.actor
  return identity.database.transact(call.actor, async (transaction) => {
    const user = await lockGovernedUser(transaction, call, userId)
    if (user.state === 'active') return describeTenantUser(user)
    await updateUserState(transaction, { tenantId, userId }, { state: 'active' })
    await writeAudit(transaction, call, { action: 'user.resumed', subject: userId })
    await identity.emit(transaction, {
      type: 'identity.user.resumed',
      tenantId,
      subject: userId,
      data: { userId },
    })
    return describeTenantUser({ ...user, state: 'active' })
  })
}
