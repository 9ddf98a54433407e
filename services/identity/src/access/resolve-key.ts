import type { Actor, Call } from '@flatrender/contracts/call'
import { ACTING_PREFIX } from '../acting/acting-token.ts'
import { resolveActing } from '../acting/resolve-acting.ts'
import type { Identity } from '../deps.ts'
import { hashApiKey } from '../keys/api-key.ts'
import { findStanding } from '../tenants/tenants-system-store.ts'
import { useKey } from './access-system-store.ts'
import { narrowScopes } from './narrow-scopes.ts'
import { readAddress } from './read-client.ts'

/**
 * Who has an API key: it may do what its scopes say and its owner still may. Null for one that doesn't work, or not from
 * here. The token of a switch into a tenant below is asked for in the same way.
 */
export async function resolveKey(
  identity: Identity,
  _call: Call,
  input: { key: string; address: string | null },
): Promise<{ actor: Actor } | null> {
  const { key: token, address } = input
  if (token.startsWith(ACTING_PREFIX))
    return resolveActing(identity, { token, address: readAddress(address) })
  return identity.system.transact(async (transaction) => {
    const key = await useKey(transaction, hashApiKey(token), readAddress(address))
    if (key === undefined) return null
    const { id, tenantId } = key
    const standing = await findStanding(transaction, tenantId)
    const permissions = await narrowScopes(transaction, key)
    if (standing?.active !== true || permissions === undefined) return null
    const visibleTenants = standing.above
    return { actor: { kind: 'key', id, tenantId, visibleTenants, permissions, sessionId: null } }
  })
}
