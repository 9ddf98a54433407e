import { type Call, DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'

/**
 * A node paints for all tenants, and sees what they render: only who runs the installation has any. Errors: NODES_NOT_YOURS.
 */
export function assertOperator({ actor }: Call): void {
  if (actor.tenantId !== DEFAULT_TENANT_ID) throw new FlatRenderError('NODES_NOT_YOURS')
}
