import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import type { GatewayDeps } from '../deps.ts'
import { askAsSystem } from './ask-as-system.ts'
import { keepFor } from './keep-for.ts'

/** How long the tenant of a host is believed: a suspension must bite within ten seconds. Milliseconds. */
const KEPT = 5_000

/** The tenant that a request is for. */
export interface ResolvedTenant {
  readonly tenantId: string
  readonly visibleTenants: string[]
  readonly suspended: boolean
  /** Did the host or a header name it, or is it the default one? */
  readonly explicit: boolean
}

/** Finds tenants by host and slug. */
export interface TenantDirectory {
  /** Errors: TENANT_UNKNOWN for a slug that is nobody's. */
  resolve(host: string | null, slug: string | null): Promise<ResolvedTenant>
}

/** Opens the directory; the identity service answers it. */
export function openTenantDirectory({ identity }: Pick<GatewayDeps, 'identity'>): TenantDirectory {
  const resolve = keepFor(KEPT, (key) => {
    const [host, slug] = JSON.parse(key) as [string | null, string | null]
    return identity.access.resolveTenant({ host, slug }, askAsSystem())
  })
  return {
    async resolve(host, slug) {
      const found = await resolve(JSON.stringify([host, slug]))
      return { ...found, explicit: slug !== null || found.tenantId !== DEFAULT_TENANT_ID }
    },
  }
}
