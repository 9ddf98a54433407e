import type { Identity } from '../deps.ts'
import { makeTry } from './make-try.ts'
import { claimDeliveries } from './webhooks-system-store.ts'

/** Tries that one job makes at the same time. */
const AT_ONCE = 32

/** Makes the tries whose time has come, many at once, until there are none. May be done by many processes. */
export async function deliverWebhooks(identity: Identity, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const due = await identity.system.transact((transaction) => claimDeliveries(transaction, AT_ONCE))
    const ended = await Promise.allSettled(due.map((one) => makeTry(identity, one)))
    // All have ended by now; what failed here is tried again once its claim is over.
    for (const one of ended) if (one.status === 'rejected') throw one.reason
    if (due.length < AT_ONCE) return
  }
}
