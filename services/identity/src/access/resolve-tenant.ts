import { type Call, DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { nameDomain } from '../branding/name-domain.ts'
import { findAllowedOrigins } from '../branding/pages-store.ts'
import type { Identity } from '../deps.ts'
import { findStanding } from '../tenants/tenants-system-store.ts'
import { findTenantByDomain, findTenantBySlug } from './access-system-store.ts'

/**
 * The tenant of a request: by its host or, if that is nobody's, by the slug it names, else the default one.
 * Errors: TENANT_UNKNOWN for a slug that is nobody's: a login must not end up with another tenant.
 */
export async function resolveTenant(
  identity: Identity,
  _call: Call,
  { host, slug }: { host: string | null; slug: string | null },
) {
  return identity.system.transact(async (transaction) => {
    const domain = host === null ? undefined : nameDomain(host.replace(/:\d*$/, ''))
    const byHost = domain === undefined ? undefined : await findTenantByDomain(transaction, domain)
    const bySlug = slug === null ? DEFAULT_TENANT_ID : await findTenantBySlug(transaction, slug)
    const tenantId = byHost ?? bySlug
    if (tenantId === undefined) throw new FlatRenderError('TENANT_UNKNOWN', { tenant: slug ?? '' })
    const standing = await findStanding(transaction, tenantId)
    if (standing === undefined) throw new FlatRenderError('TENANT_UNKNOWN', { tenant: tenantId })
    const allowedOrigins = await findAllowedOrigins(transaction, tenantId)
    return { tenantId, visibleTenants: standing.above, suspended: !standing.active, allowedOrigins }
  })
}
