import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { TenantTransaction } from '@flatrender/platform/db'
import { assertProven } from '../sessions/assert-proven.ts'
import type { Tables } from '../tables.ts'
import { assertGrantable } from './assert-grantable.ts'
import { holdOwners } from './roles-store.ts'
import { findTenantUser, hasOtherOwner, type TenantUserRow } from './tenant-users-store.ts'
import { findUser } from './users-store.ts'

/**
 * A user of the tenant whom the caller may govern, held until the end of the transaction together with who owns the tenant.
 * Errors: STEP_UP_REQUIRED, USER_UNKNOWN, ROLE_TOO_HIGH for one who may do more than the caller.
 */
export async function lockGovernedUser(
  transaction: TenantTransaction<Tables>,
  call: Call,
  userId: string,
): Promise<TenantUserRow> {
  const { tenantId } = call.actor
  await assertProven(transaction, call)
  await holdOwners(transaction, tenantId)
  await findUser(transaction, { tenantId, userId }, { lock: true })
  const user = await findTenantUser(transaction, { tenantId, userId })
  if (user === undefined) throw new FlatRenderError('USER_UNKNOWN')
  assertGrantable(call, user.roles)
  return user
}

/** A tenant keeps an owner who may log in. Errors: OWNER_NEEDED where this user is the last. */
export async function assertOwnerRemains(
  transaction: TenantTransaction<Tables>,
  { actor: { tenantId } }: Call,
  { id: userId, roles, state }: TenantUserRow,
): Promise<void> {
  if (state !== 'active' || !roles.includes('owner')) return
  if (!(await hasOtherOwner(transaction, { tenantId, userId }))) throw new FlatRenderError('OWNER_NEEDED')
}
