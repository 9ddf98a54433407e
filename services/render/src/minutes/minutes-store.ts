import { sql } from 'kysely'
import type { AccountName } from '../renders/hold-account.ts'
import type { AnyTransaction } from '../tables.ts'

/**
 * Milliseconds of video that an account has asked for in a month (UTC): what is there and what is on its way.
 * `at`: when it is; now unless told. `except`: a render that doesn't count.
 */
export async function sumMonth(
  transaction: AnyTransaction,
  { tenantId, accountId }: AccountName,
  { at = null, except = null }: { readonly at?: Date | null; readonly except?: string | null } = {},
): Promise<number> {
  const { rows } = await sql<{ sum: string }>`
    with month as (select date_trunc('month', coalesce(${at}::timestamptz, now()) at time zone 'UTC') as first)
    select coalesce(sum(video_ms), 0) as sum from render.render_jobs, month
    where tenant_id = ${tenantId} and account_id = ${accountId} and state not in ('failed', 'cancelled')
      and created_at >= first at time zone 'UTC' and created_at < (first + interval '1 month') at time zone 'UTC'
      and id is distinct from ${except}::uuid`.execute(transaction)
  return Number(rows[0]!.sum)
}
