import { sql } from 'kysely'
import type { AnyTransaction } from '../tables.ts'

/** What a tenant used on a day. Numbers of 64 bits are texts. */
export interface UsageRow {
  readonly day: string
  readonly api_requests: string
  readonly renders: number
  readonly render_seconds: string
  readonly credits_spent: string
  readonly storage_bytes: string
  readonly egress_bytes: string
}

/** Days in UTC as `2026-11-22`, both counted. */
export interface Span {
  readonly from: string
  readonly to: string
}

/** Counts credits that an account has just spent. */
export async function countCredits(
  transaction: AnyTransaction,
  { tenantId, accountId }: { tenantId: string; accountId: string },
  amount: number,
): Promise<void> {
  await sql`
    insert into identity.tenant_usage_daily as daily (tenant_id, day, account_id, credits_spent)
    values (${tenantId}, (now() at time zone 'UTC')::date, ${accountId}, ${amount})
    on conflict (tenant_id, day, account_id)
      do update set credits_spent = daily.credits_spent + excluded.credits_spent`.execute(transaction)
}

/** What a tenant, or one of its accounts, used on the days of a span, in order; days without any use have no row. */
export async function findUsage(
  transaction: AnyTransaction,
  { tenantId, accountId }: { tenantId: string; accountId?: string | undefined },
  { from, to }: Span,
): Promise<UsageRow[]> {
  const { rows } = await sql<UsageRow>`
    select day::text, sum(api_requests)::bigint as api_requests, sum(renders)::int as renders,
      sum(render_seconds)::text as render_seconds, sum(credits_spent)::bigint as credits_spent,
      sum(storage_bytes)::bigint as storage_bytes, sum(egress_bytes)::bigint as egress_bytes
    from identity.tenant_usage_daily
    where tenant_id = ${tenantId} and day between ${from}::date and ${to}::date
      and (${accountId ?? null}::uuid is null or account_id = ${accountId ?? null}::uuid)
    group by day order by day`.execute(transaction)
  return rows
}
