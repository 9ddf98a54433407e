import type { Actor } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { findPublicKeys } from '../signing-keys/signing-keys-system-store.ts'
import { findStanding } from '../tenants/tenants-system-store.ts'
import { boundPermissions } from './acting-permissions.ts'
import { findOwnPermissions } from './acting-system-store.ts'
import { readActing } from './acting-token.ts'

/**
 * Who acts by a switch into a tenant below theirs, if all that it stands on still holds: both tenants, the login or key, and
 * what it allows. Else null.
 */
export async function resolveActing(
  identity: Identity,
  { token, address }: { token: string; address: string | null },
): Promise<{ actor: Actor } | null> {
  return identity.system.transact(async (transaction) => {
    const claims = await readActing(token, await findPublicKeys(transaction))
    if (claims === undefined) return null
    const { sub: id, kind, tenant: tenantId, acting: actingTenantId, session: sessionId } = claims
    const standing = await findStanding(transaction, tenantId)
    // A tenant above that stands still makes those below it stand still too.
    if (!standing?.active || !standing.above.includes(actingTenantId)) return null
    const own = await findOwnPermissions(transaction, claims, address)
    if (!own.includes('tenants:act')) return null
    const permissions = boundPermissions(own)
    const visibleTenants = standing.above
    return { actor: { kind, id, tenantId, visibleTenants, permissions, sessionId, actingTenantId } }
  })
}
