import type { TenantTransaction } from '@flatrender/platform/db'
import { type Selectable, sql } from 'kysely'
import type { AccountName } from '../credits/credit-accounts-store.ts'
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

const allowed = [
  'id',
  'slug',
  'monthly_minutes',
  'max_short_side_pixels',
  'has_watermark',
  'storage_bytes',
  'concurrent_renders',
  'priority',
  'allows_api',
  'max_batch_rows',
] as const

/** What a plan allows. */
export type AllowanceRow = Pick<Selectable<Tables['identity.plans']>, (typeof allowed)[number]>

/**
 * The plan that an account has: that of its subscription, retired ones too, else the default one of the nearest of its own
 * tenant and those above (`sellers`, nearest first). Undefined where none has any.
 */
export async function findPlanOf(
  transaction: TenantTransaction<Tables>,
  { tenantId, accountId }: AccountName,
  sellers: readonly string[],
): Promise<AllowanceRow | undefined> {
  return transaction
    .selectFrom('identity.plans as plan')
    .select(allowed)
    .where(
      sql<boolean>`(plan.is_default or exists (${subscribed({ tenantId, accountId })} and plan_id = plan.id))`,
    )
    .orderBy(sql`exists (${subscribed({ tenantId, accountId })} and plan_id = plan.id)`, 'desc')
    .orderBy(sql`array_position(${[...sellers]}::uuid[], plan.tenant_id)`)
    .limit(1)
    .executeTakeFirst()
}

function subscribed({ tenantId, accountId }: AccountName) {
  return sql`select from identity.subscriptions where tenant_id = ${tenantId} and account_id = ${accountId}
    and state in ('trialing', 'active', 'past_due')`
}
