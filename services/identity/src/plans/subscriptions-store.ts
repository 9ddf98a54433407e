import { sql } from 'kysely'
import type { AccountName } from '../credits/credit-accounts-store.ts'
import type { AnyTransaction } from '../tables.ts'

/** Gives an account the largest of the plans that its own tenant sells, for nothing and for good; none, where it sells none. */
export async function giveLargestPlan(
  transaction: AnyTransaction,
  { tenantId, accountId }: AccountName,
): Promise<void> {
  await sql`
    insert into identity.subscriptions
      (tenant_id, account_id, plan_id, state, currency, interval, amount_minor, period_starts_at, period_ends_at)
    select tenant_id, ${accountId}, id, 'active', 'USD', 'year', 0, now(), now() + interval '100 years'
    from identity.plans where tenant_id = ${tenantId} and state = 'active'
    order by position desc, slug limit 1`.execute(transaction)
}
