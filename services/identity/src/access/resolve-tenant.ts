import { type Call, DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { SystemTransaction } from '@flatrender/platform/db'
import type { Identity } from '../deps.ts'
import type { Tables } from '../tables.ts'
import { findStanding } from '../tenants/tenants-system-store.ts'
import { findTenantByDomain, findTenantBySlug } from './access-system-store.ts'

/**
 * The tenant of a request: by its host or, if that is nobody's, by the slug it names, else the default one.
 * Errors: TENANT_UNKNOWN for a slug that is nobody's: a login must not end up with another tenant.
 */
export async function resolveTenant(
  identity: Identity,
  _call: Call,
  input: { host: string | null; slug: string | null },
) {
  return identity.system.transact(async (transaction) => {
    const tenantId = await findTenant(transaction, input)
    const standing = await findStanding(transaction, tenantId)
    if (standing === undefined) throw new FlatRenderError('TENANT_UNKNOWN', { tenant: tenantId })
    return { tenantId, visibleTenants: standing.above, suspended: !standing.active }
  })
}

async function findTenant(
  transaction: SystemTransaction<Tables>,
  { host, slug }: { host: string | null; slug: string | null },
): Promise<string> {
  if (host !== null) {
    const byHost = await findTenantByDomain(transaction, nameDomain(host))
    if (byHost !== undefined) return byHost
  }
  if (slug === null) return DEFAULT_TENANT_ID
  const bySlug = await findTenantBySlug(transaction, slug)
  if (bySlug === undefined) throw new FlatRenderError('TENANT_UNKNOWN', { tenant: slug })
  return bySlug
}

/** A host without port and final dot. */
function nameDomain(host: string): string {
  return host.replace(/:\d+$/, '').replace(/\.$/, '')
}
