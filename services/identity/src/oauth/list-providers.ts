import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { describeProvider } from './describe-provider.ts'
import { findProviders } from './providers-store.ts'

/** Lists the tenant's login providers, as those see them who manage them. */
export async function listProviders(identity: Identity, call: Call) {
  const rows = await identity.database.transact(call.actor, (transaction) =>
    findProviders(transaction, call.actor.tenantId),
  )
  return { providers: rows.map(describeProvider) }
}
