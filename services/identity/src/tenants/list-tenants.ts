import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { describeTenant } from './describe-tenant.ts'
import { findTenants } from './tenants-store.ts'

/** Lists the tenant acted in and those right below it. */
export async function listTenants(identity: Identity, call: Call) {
  const rows = await identity.database.transact(call.actor, findTenants)
  return { tenants: rows.map(describeTenant) }
}
