import { callAsSystem, DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import type { GatewayDeps } from '../deps.ts'
import { keepFor } from './keep-for.ts'
import type { NamedTenant } from './name-tenant.ts'

/** How long the tenant of a host is believed: a suspension must bite within ten seconds. Milliseconds. */
const KEPT = 5_000

/** The tenant that a request is for. */
export interface ResolvedTenant {
  readonly tenantId: string
  readonly visibleTenants: string[]
  readonly suspended: boolean
  /** Whose pages may call the API for it, such as `https://studio.example`. */
  readonly allowedOrigins: readonly string[]
  /** Did the host or a header name it, or is it the default one? */
  readonly explicit: boolean
}

/** Finds tenants by host and slug. */
export interface TenantDirectory {
  /** Errors: TENANT_UNKNOWN for a slug that is nobody's. */
  resolve(named: NamedTenant): Promise<ResolvedTenant>
  /** What was last known of it, without asking; undefined where nothing is. */
  recall(named: NamedTenant): Promise<ResolvedTenant | undefined>
}

/** Opens the directory; the identity service answers it. */
export function openTenantDirectory({ identity }: Pick<GatewayDeps, 'identity'>): TenantDirectory {
  const kept = keepFor(KEPT, async (key): Promise<ResolvedTenant> => {
    const [host, slug] = JSON.parse(key) as [string | null, string | null]
    const found = await identity.access.resolveTenant({ host, slug }, { context: callAsSystem() })
    return { ...found, explicit: slug !== null || found.tenantId !== DEFAULT_TENANT_ID }
  })
  const keyOf = ({ host, slug }: NamedTenant) => JSON.stringify([host, slug])
  return {
    resolve: (named) => kept(keyOf(named)),
    recall: async (named) => kept.last(keyOf(named))?.catch(() => undefined),
  }
}
