import type { Call } from '@flatrender/contracts/call'
import type { Standing } from '@flatrender/contracts/identity'
import { findAccountOf } from '../credits/find-account.ts'
import type { Identity } from '../deps.ts'
import { findKeyOwner } from '../keys/keys-store.ts'
import { type AllowanceRow, findPlanOf } from './plans-store.ts'

/** Tells a service for whom a user or key works, and what their plan allows. Errors: CREDIT_ACCOUNT_UNKNOWN. */
export async function standingOf(
  identity: Identity,
  { actor }: Call,
  { userId, keyId }: { userId: string | null; keyId: string | null },
): Promise<Standing> {
  const { tenantId, visibleTenants } = actor
  return identity.database.transact(actor, async (transaction) => {
    const ownerId = keyId === null ? userId : await findKeyOwner(transaction, { tenantId, keyId })
    const account = await findAccountOf(transaction, { tenantId, userId: ownerId })
    const plan = await findPlanOf(transaction, account, [tenantId, ...visibleTenants])
    return {
      ownerId,
      accountId: account.accountId,
      plan: plan === undefined ? null : describeAllowance(plan),
    }
  })
}

function describeAllowance({ id, slug, priority, ...row }: AllowanceRow) {
  return {
    id,
    slug,
    monthlyMinutes: row.monthly_minutes,
    maxShortSidePixels: row.max_short_side_pixels,
    hasWatermark: row.has_watermark,
    storageBytes: Number(row.storage_bytes),
    concurrentRenders: row.concurrent_renders,
    priority,
    allowsApi: row.allows_api,
    maxBatchRows: row.max_batch_rows,
  }
}
