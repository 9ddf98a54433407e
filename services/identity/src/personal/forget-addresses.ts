import type { Identity } from '../deps.ts'
import { blankAudit, blankRequests } from './logs-system-store.ts'

/**
 * Takes out of the logs from where deleted users came. Every day and not with the deletion, for what they asked last is
 * written down after it.
 */
export async function forgetAddresses({ system }: Identity): Promise<void> {
  await system.transact(blankAudit)
  await system.transact(blankRequests)
}
