import { type Actor, type Call, keyScopes } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { hashApiKey } from '../keys/api-key.ts'
import type { AnyTransaction } from '../tables.ts'
import { findStanding } from '../tenants/tenants-system-store.ts'
import { findRights } from '../users/roles-store.ts'
import { findUser } from '../users/users-store.ts'
import { useKey } from './access-system-store.ts'
import { readAddress } from './read-client.ts'

/** Who has an API key: it may do what its scopes say and its owner still may. Null for one that doesn't work, or not from here. */
export async function resolveKey(
  identity: Identity,
  _call: Call,
  input: { key: string; address: string | null },
): Promise<{ actor: Actor } | null> {
  return identity.system.transact(async (transaction) => {
    const key = await useKey(transaction, hashApiKey(input.key), readAddress(input.address))
    if (key === undefined) return null
    const { id, tenantId } = key
    const standing = await findStanding(transaction, tenantId)
    const permissions = await narrowScopes(transaction, key)
    if (standing?.active !== true || permissions === undefined) return null
    const visibleTenants = standing.above
    return { actor: { kind: 'key', id, tenantId, visibleTenants, permissions, sessionId: null } }
  })
}

/** What of a key's scopes a key may have and its owner may still do; undefined where the owner is gone. */
async function narrowScopes(
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
