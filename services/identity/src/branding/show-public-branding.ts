import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { findPresentation } from '../tenants/tenants-store.ts'
import { findBranding } from './branding-store.ts'
import { describeLook, plainBranding } from './describe-branding.ts'

/** How the tenant that a visitor came to looks. */
export async function showPublicBranding(identity: Identity, { actor }: Call) {
  const { tenantId } = actor
  return identity.database.transact(actor, async (transaction) => {
    const row = await findBranding(transaction, tenantId)
    const { name, language } = await findPresentation(transaction, tenantId)
    return { ...describeLook(row ?? plainBranding), name, language }
  })
}
