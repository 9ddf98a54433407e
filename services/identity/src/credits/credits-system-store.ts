import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'
import type { AccountName } from './credit-accounts-store.ts'

/** An account that a tenant may grant credits to: of a user of its own unless it is a customer, or of a tenant right below. */
export async function findGrantable(
  transaction: SystemTransaction<Tables>,
  { by, accountId }: { by: string; accountId: string },
): Promise<AccountName | undefined> {
  const { rows } = await sql<AccountName>`
    select person.tenant_id as "tenantId", person.id as "accountId"
    from identity.users as person join identity.tenants as own on own.id = person.tenant_id
    where own.id = ${by} and own.bills = 'user' and own.kind <> 'customer'
      and person.id = ${accountId} and person.state <> 'deleted'
    union all
    select child.id, child.id from identity.tenants as child
    where child.id = ${accountId} and child.parent_id = ${by} and child.bills = 'tenant'
      and child.state <> 'closed'`.execute(transaction)
  return rows[0]
}

/** Accounts some of whose reservations expired and aren't written down yet, at most a thousand. */
export async function findLateAccounts(transaction: SystemTransaction<Tables>): Promise<AccountName[]> {
  const { rows } = await sql<AccountName>`
    select distinct tenant_id as "tenantId", account_id as "accountId" from identity.credit_reservations
    where state = 'held' and expires_at <= statement_timestamp() limit 1000`.execute(transaction)
  return rows
}
