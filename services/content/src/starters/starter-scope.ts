import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import type { TenantScope } from '@flatrender/platform/db'

/** Whose templates the starters are. */
export const starterScope: TenantScope = { tenantId: DEFAULT_TENANT_ID, visibleTenants: [] }
