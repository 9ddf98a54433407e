import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { changeTenantState } from './change-tenant-state.ts'

/** Suspends a tenant right below the one acted in; all below it stand still too. Errors: TENANT_UNKNOWN, STEP_UP_REQUIRED. */
export async function suspendTenant(identity: Identity, call: Call, input: { id: string; reason: string }) {
  const { id, reason } = input
  return changeTenantState(identity, call, id, { from: 'active', state: 'suspended', reason })
}
