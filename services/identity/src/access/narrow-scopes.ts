import { keyScopes } from '@flatrender/contracts/call'
import type { AnyTransaction } from '../tables.ts'
import { findRights } from '../users/roles-store.ts'
import { findUser } from '../users/users-store.ts'

/** What of a key's scopes a key may have and its owner may still do; undefined where the owner is gone. */
export async function narrowScopes(
  transaction: AnyTransaction,
  { tenantId, ownerId, ...key }: { tenantId: string; ownerId: string | null; scopes: string[] },
): Promise<string[] | undefined> {
  const scopes = key.scopes.filter((scope) => keyScopes.some((known) => known === scope))
  if (ownerId === null) return scopes
  const owner = { tenantId, userId: ownerId }
  const user = await findUser(transaction, owner)
  if (user?.state !== 'active') return undefined
  const { permissions } = await findRights(transaction, owner)
  return scopes.filter((scope) => permissions.includes(scope))
}
