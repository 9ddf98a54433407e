import type { Identity } from '../deps.ts'
import { deleteOldDeliveries } from './webhooks-system-store.ts'

/** Removes tries that ended long ago. */
export async function removeOldDeliveries(identity: Identity): Promise<void> {
  await identity.system.transact(deleteOldDeliveries)
}
