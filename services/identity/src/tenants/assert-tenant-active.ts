import { FlatRenderError } from '@flatrender/contracts/errors'
import type { SystemTransaction } from '@flatrender/platform/db'
import type { Tables } from '../tables.ts'
import { findStanding, type Standing } from './tenants-system-store.ts'

/** How a tenant stands, if it and all above it are active. Errors: TENANT_UNKNOWN, TENANT_SUSPENDED. */
export async function assertTenantActive(
  transaction: SystemTransaction<Tables>,
  tenantId: string,
): Promise<Standing> {
  const standing = await findStanding(transaction, tenantId)
  if (standing === undefined) throw new FlatRenderError('TENANT_UNKNOWN', { tenant: tenantId })
  if (!standing.active) throw new FlatRenderError('TENANT_SUSPENDED')
  return standing
}
