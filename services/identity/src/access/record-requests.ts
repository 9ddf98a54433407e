import type { AnsweredRequest } from '@flatrender/contracts/identity'
import type { Identity } from '../deps.ts'
import { insertRequests } from './requests-system-store.ts'

/** Writes down requests that the gateway answered. */
export async function recordRequests(
  { system }: Identity,
  { requests }: { requests: readonly AnsweredRequest[] },
): Promise<Record<string, never>> {
  if (requests.length > 0) await system.transact((transaction) => insertRequests(transaction, requests))
  return {}
}
