import { sql } from 'kysely'
import type { AnyTransaction } from '../tables.ts'

/** Whose they are. */
export interface AccountName {
  readonly tenantId: string
  readonly accountId: string
}

/** What is counted of an account before there is more of it. */
export type Counted = 'renders' | 'renders under way' | 'batches' | 'snapshots'

/** Lets one after the other count what an account has, until the transaction ends: the second counts what the first added. */
export async function holdAccount(
  transaction: AnyTransaction,
  { tenantId, accountId }: AccountName,
  counted: Counted,
): Promise<void> {
  const place = `render.${counted}:${tenantId}:${accountId}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${place}, 0))`.execute(transaction)
}
