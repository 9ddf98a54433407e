import { sql } from 'kysely'
import type { AccountName } from '../renders/hold-account.ts'
import type { AnyTransaction } from '../tables.ts'

/**
 * Milliseconds of video that an account has asked for in a month (UTC): what is there and what is on its way; in the present
 * month also what rows were promised that are taken on all together, and aren't yet. `at`: when it is; now unless told.
 * `except`: a render that doesn't count.
 */
export async function sumMonth(
  transaction: AnyTransaction,
  { tenantId, accountId }: AccountName,
  { at = null, except = null }: { readonly at?: Date | null; readonly except?: string | null } = {},
): Promise<number> {
  // No `coalesce`: under a policy PostgreSQL would read all months for it.
  const moment = at === null ? sql`now()` : sql`${at}::timestamptz`
  const { rows } = await sql<{ sum: string }>`
    with month as not materialized (select date_trunc('month', ${moment} at time zone 'UTC') as first)
    select coalesce(sum(video_ms), 0) as sum from (
      select video_ms from render.render_jobs, month
      where tenant_id = ${tenantId} and account_id = ${accountId} and state not in ('failed', 'cancelled')
        and created_at >= first at time zone 'UTC' and created_at < (first + interval '1 month') at time zone 'UTC'
        and id is distinct from ${except}::uuid
      union all
      select line.video_ms from month, render.batches as batch join render.batch_rows as line
        on line.tenant_id = batch.tenant_id and line.batch_id = batch.id and line.state = 'examined'
      where batch.tenant_id = ${tenantId} and batch.account_id = ${accountId} and batch.state = 'placing'
        and first = date_trunc('month', now() at time zone 'UTC')
    ) as video`.execute(transaction)
  return Number(rows[0]!.sum)
}
