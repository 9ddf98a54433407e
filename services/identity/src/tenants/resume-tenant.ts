import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { changeTenantState } from './change-tenant-state.ts'

/** Lifts the suspension of a tenant right below the one acted in. Errors: TENANT_UNKNOWN. */
export async function resumeTenant(identity: Identity, call: Call, { id }: { id: string }) {
  return changeTenantState(identity, call, id, { from: 'suspended', state: 'active' })
}
