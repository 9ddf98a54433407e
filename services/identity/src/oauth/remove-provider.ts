import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { assertProven } from '../sessions/assert-proven.ts'
import { hasAccounts } from './accounts-store.ts'
import { deleteProvider, findProvider } from './providers-store.ts'

/**
 * Removes a login provider by which nobody logs in. Errors: OAUTH_PROVIDER_UNKNOWN, OAUTH_PROVIDER_IN_USE,
 * STEP_UP_REQUIRED.
 */
export async function removeProvider(
  identity: Identity,
  call: Call,
  { id }: { id: string },
): Promise<Record<string, never>> {
  const { tenantId } = call.actor
  await identity.database.transact(call.actor, async (transaction) => {
    await assertProven(transaction, call)
    // Held, so that nobody is linked to it meanwhile.
    const known = await findProvider(transaction, { tenantId, id }, 'to remove')
    if (known === undefined) throw new FlatRenderError('OAUTH_PROVIDER_UNKNOWN')
    if (await hasAccounts(transaction, { tenantId, providerId: id }))
      throw new FlatRenderError('OAUTH_PROVIDER_IN_USE')
    await deleteProvider(transaction, { tenantId, id })
    const before = { key: known.key, issuer: known.issuer }
    await writeAudit(transaction, call, { action: 'oauth.provider_removed', subject: id, before })
  })
  return {}
}
