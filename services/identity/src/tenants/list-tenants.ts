import type { Call, Page } from '@flatrender/contracts/call'
import { cutPage } from '@flatrender/platform/service'
import type { Identity } from '../deps.ts'
import { describeTenant } from './describe-tenant.ts'
import { findTenants } from './tenants-store.ts'

/** Lists the tenant acted in and those right below it. */
export async function listTenants(identity: Identity, call: Call, { cursor, limit }: Page) {
  const rows = await identity.database.transact(call.actor, (transaction) =>
    findTenants(transaction, { cursor, limit: limit + 1 }),
  )
  const { page, next } = cutPage(rows, limit)
  return { tenants: page.map(describeTenant), next }
}
