import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Identity } from '../deps.ts'
import { isTenantBelow } from '../tenants/tenants-system-store.ts'
import { describeUsage } from './describe-usage.ts'
import { findUsage, type Span } from './usage-store.ts'

/** What a tenant right below the one acted in used, day by day. Errors: TENANT_UNKNOWN for any other. */
export async function showUsageOf(
  identity: Identity,
  { actor }: Call,
  { id, ...span }: Span & { id: string },
) {
  const rows = await identity.system.transact(async (transaction) => {
    if (!(await isTenantBelow(transaction, { id, parentId: actor.tenantId })))
      throw new FlatRenderError('TENANT_UNKNOWN', { tenant: id })
    return findUsage(transaction, { tenantId: id }, span)
  })
  return describeUsage(rows)
}
