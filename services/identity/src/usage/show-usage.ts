import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { describeUsage } from './describe-usage.ts'
import { findUsage, type Span } from './usage-store.ts'

/** What the tenant acted in used, day by day. */
export async function showUsage(
  identity: Identity,
  { actor }: Call,
  { accountId, ...span }: Span & { accountId?: string | undefined },
) {
  const { tenantId } = actor
  const rows = await identity.database.transact(actor, (transaction) =>
    findUsage(transaction, { tenantId, accountId }, span),
  )
  return describeUsage(rows)
}
