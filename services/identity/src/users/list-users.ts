import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { describeTenantUser } from './describe-tenant-user.ts'
import { findTenantUsers } from './tenant-users-store.ts'

/** Lists the tenant's users, a page at a time, the newest first. */
export async function listUsers(
  identity: Identity,
  call: Call,
  input: { state?: 'active' | 'suspended' | undefined; cursor?: string | undefined; limit: number },
) {
  const { tenantId } = call.actor
  const rows = await identity.database.transact(call.actor, (transaction) =>
    // One more tells whether there is a next page.
    findTenantUsers(transaction, { ...input, tenantId, limit: input.limit + 1 }),
  )
  const page = rows.slice(0, input.limit)
  return {
    users: page.map(describeTenantUser),
    next: rows.length > page.length ? page.at(-1)!.id : null,
  }
}
