import type { AnsweredRequest } from '@flatrender/contracts/identity'
import type { Identity } from '../deps.ts'
import { countRequests } from '../usage/usage-system-store.ts'
import { insertRequests } from './requests-system-store.ts'

/** Writes down requests that the gateway answered, and counts them as their tenants' use. */
export async function recordRequests(
  { system }: Identity,
  { requests }: { requests: readonly AnsweredRequest[] },
): Promise<Record<string, never>> {
  if (requests.length === 0) return {}
  await system.transact(async (transaction) => {
    await insertRequests(transaction, requests)
    await countRequests(transaction, requests)
  })
  return {}
}
