import type { Call } from '@flatrender/contracts/call'
import type { TenantTransaction } from '@flatrender/platform/db'
import { deletePersonalRows } from '@flatrender/platform/personal'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { withdrawInvitations } from '../invitations/withdraw-invitations.ts'
import { revokeKeysOf } from '../keys/revoke-keys-of.ts'
import { endSessions } from '../sessions/end-sessions.ts'
import type { Tables } from '../tables.ts'
import { assertOwnerRemains, lockGovernedUser } from '../users/lock-governed-user.ts'
import { emptyUser } from '../users/users-store.ts'
import { personalTables } from './personal-tables.ts'

/**
 * Deletes a user: logins and keys end, what proves who they are goes, and of the rest an id stays. The others hear of it and
 * delete theirs. Errors: STEP_UP_REQUIRED, USER_UNKNOWN, ROLE_TOO_HIGH, OWNER_NEEDED.
 */
export async function eraseUser(
  identity: Identity,
  transaction: TenantTransaction<Tables>,
  call: Call,
  userId: string,
): Promise<void> {
  const { tenantId } = call.actor
  const user = await lockGovernedUser(transaction, call, userId)
  await assertOwnerRemains(transaction, call, user)
  await endSessions(identity, transaction, call, { userId, reason: 'user_deleted' })
  await withdrawInvitations(identity, transaction, call, { invitedById: userId })
  await revokeKeysOf(identity, transaction, call, userId)
  await deletePersonalRows(transaction, personalTables, { tenantId, userId })
  await emptyUser(transaction, { tenantId, userId })
  await writeAudit(transaction, call, { action: 'user.deleted', subject: userId })
  await identity.emit(transaction, {
    type: 'identity.user.deleted',
    tenantId,
    subject: userId,
    data: { userId },
  })
}
