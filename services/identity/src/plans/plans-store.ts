import type { TenantTransaction } from '@flatrender/platform/db'
import { type Selectable, sql } from 'kysely'
import type { Tables } from '../tables.ts'

const shown = [
  'tenant_id',
  'id',
  'slug',
  'name',
  'description',
  'is_default',
  'monthly_minutes',
  'monthly_credits',
  'max_short_side_pixels',
  'has_watermark',
  'storage_bytes',
  'concurrent_renders',
  'allows_api',
  'max_batch_rows',
  'trial_days',
] as const

/** A price of a plan; `amount_minor` as a text. */
export interface PriceRow {
  readonly currency: string
  readonly interval: 'month' | 'year'
  readonly amount_minor: string
}

/** A plan with its prices. */
export type PlanRow = Pick<Selectable<Tables['identity.plans']>, (typeof shown)[number]> & {
  readonly prices: PriceRow[]
}

/** The plans on sale that a tenant sees: its own, and those that tenants above share; in the order to show them. */
export async function findPlans(transaction: TenantTransaction<Tables>): Promise<PlanRow[]> {
  return transaction
    .selectFrom('identity.plans as plan')
    .select(shown)
    .select(
      sql<PriceRow[]>`coalesce((
        select jsonb_agg(jsonb_build_object(
          'currency', price.currency, 'interval', price.interval, 'amount_minor', price.amount_minor::text
        ) order by price.currency desc, price.interval)
        from identity.plan_prices as price where price.tenant_id = plan.tenant_id and price.plan_id = plan.id
      ), '[]')`.as('prices'),
    )
    .where('state', '=', 'active')
    .orderBy('position')
    .orderBy('slug')
    .execute()
}
