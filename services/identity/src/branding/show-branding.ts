import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { findBranding } from './branding-store.ts'
import { describeBranding, plainBranding } from './describe-branding.ts'

/** The branding of the tenant acted in, with its domain. */
export async function showBranding(identity: Identity, { actor }: Call) {
  const row = await identity.database.transact(actor, (transaction) =>
    findBranding(transaction, actor.tenantId),
  )
  return describeBranding(row ?? plainBranding)
}
