import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { findProviders } from './providers-store.ts'

/** Lists by whose accounts one may log in, for a login page. */
export async function listChoices(identity: Identity, call: Call) {
  const rows = await identity.database.transact(call.actor, (transaction) =>
    findProviders(transaction, call.actor.tenantId),
  )
  const active = rows.filter(({ state }) => state === 'active')
  return { providers: active.map(({ key, name, kind }) => ({ key, name, kind })) }
}
