import type { Identity } from '../deps.ts'
import { deleteOldRequests, ensureMonths } from './request-log-system-store.ts'

/** Makes the request log's coming months ahead, and removes requests that are older than the log is kept. */
export async function keepMonths({ system, requestLogDays: days = 90 }: Identity): Promise<void> {
  await system.transact((transaction) => ensureMonths(transaction, days))
  await system.transact((transaction) => deleteOldRequests(transaction, days))
}
