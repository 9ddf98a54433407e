import { callAsSystem } from '@flatrender/contracts/call'
import { writeAudit } from '../audit/audit-store.ts'
import { type IdentityDeps, openIdentity } from '../deps.ts'
import { giveLargestPlan } from '../plans/subscriptions-store.ts'
import { grantRole, hasOwner, holdOwners, insertBuiltInRoles } from '../users/roles-store.ts'
import { insertVouchedUser } from '../users/users-store.ts'

/**
 * Gives a tenant the five roles where they are missing, and an owner with its largest plan if it has none: for the first
 * start. Many may ask at once. Says whether it made one.
 */
export async function createOwner(
  deps: IdentityDeps,
  owner: { tenantId: string; email: string; password: string; name: string },
): Promise<boolean> {
  const { tenantId, email, name } = owner
  return deps.system.transact(async (transaction) => {
    await holdOwners(transaction, tenantId)
    await insertBuiltInRoles(transaction, tenantId)
    if (await hasOwner(transaction, tenantId)) return false
    const passwordHash = await openIdentity(deps).passwords.hash(owner.password)
    const userId = await insertVouchedUser(transaction, { tenantId, email, name, passwordHash })
    await grantRole(transaction, { tenantId, userId, role: 'owner' })
    // Whoever runs it is nobody's customer.
    await giveLargestPlan(transaction, { tenantId, accountId: userId })
    await writeAudit(transaction, callAsSystem(tenantId, 'first-start'), {
      action: 'owner.created',
      subject: userId,
    })
    await deps.emit(transaction, {
      type: 'identity.owner.created',
      tenantId,
      subject: userId,
      data: { userId },
    })
    return true
  })
}
