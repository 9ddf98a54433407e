import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { findPlans, type PlanRow } from './plans-store.ts'

/** Lists the plans on sale in a tenant: its own, else those of the nearest above that shares any. */
export async function listPlans(identity: Identity, { actor }: Call) {
  const rows = await identity.database.transact(actor, findPlans)
  const seller = [actor.tenantId, ...actor.visibleTenants].find((id) =>
    rows.some(({ tenant_id }) => tenant_id === id),
  )
  return { plans: rows.filter(({ tenant_id }) => tenant_id === seller).map(describePlan) }
}

function describePlan(row: PlanRow) {
  const { id, slug, name, description, prices } = row
  return {
    id,
    slug,
    name,
    description,
    isDefault: row.is_default,
    monthlyMinutes: row.monthly_minutes,
    monthlyCredits: Number(row.monthly_credits),
    maxShortSidePixels: row.max_short_side_pixels,
    hasWatermark: row.has_watermark,
    storageBytes: Number(row.storage_bytes),
    concurrentRenders: row.concurrent_renders,
    allowsApi: row.allows_api,
    maxBatchRows: row.max_batch_rows,
    trialDays: row.trial_days,
    prices: prices.map(({ currency, interval, amount_minor }) => ({
      currency,
      interval,
      amountMinor: Number(amount_minor),
    })),
  }
}
