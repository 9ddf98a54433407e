import { sql } from 'kysely'
import type { AnyTransaction } from '../tables.ts'

/** Whose credits. */
export interface AccountName {
  readonly tenantId: string
  readonly accountId: string
}

/** What an account has, and how much of it is promised. */
export interface Funds {
  readonly balance: number
  readonly reserved: number
}

interface FundsRow {
  readonly balance: string
  readonly reserved: string
}

/** What an account has now: what expired by PostgreSQL's clock is no longer promised. Nothing, where it never had any. */
export async function readFunds(
  transaction: AnyTransaction,
  { tenantId, accountId }: AccountName,
): Promise<Funds> {
  const { rows } = await sql<FundsRow>`
    select balance, reserved - coalesce((
      select sum(amount) from identity.credit_reservations as late
      where late.tenant_id = account.tenant_id and late.account_id = account.account_id
        and late.state = 'held' and late.expires_at <= statement_timestamp()
    ), 0) as reserved
    from identity.credit_accounts as account
    where tenant_id = ${tenantId} and account_id = ${accountId}`.execute(transaction)
  return describeFunds(rows[0])
}

/** Begins an account that has nothing yet, unless there is one. */
export async function openAccount(
  transaction: AnyTransaction,
  { tenantId, accountId }: AccountName,
): Promise<void> {
  await transaction
    .insertInto('identity.credit_accounts')
    .values({ tenant_id: tenantId, account_id: accountId })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'account_id']).doNothing())
    .execute()
}

/** Holds an account until the end of the transaction, and writes down which of its reservations have expired. */
export async function holdAccount(
  transaction: AnyTransaction,
  { tenantId, accountId }: AccountName,
): Promise<Funds> {
  // A statement of its own: the next one sees what whoever held it before has done.
  await sql`select 1 from identity.credit_accounts
    where tenant_id = ${tenantId} and account_id = ${accountId} for update`.execute(transaction)
  const { rows } = await sql<FundsRow>`
    with ended as (
      update identity.credit_reservations set state = 'expired', ended_at = statement_timestamp()
      where tenant_id = ${tenantId} and account_id = ${accountId}
        and state = 'held' and expires_at <= statement_timestamp()
      returning amount
    )
    update identity.credit_accounts set reserved = reserved - (select coalesce(sum(amount), 0) from ended)
    where tenant_id = ${tenantId} and account_id = ${accountId}
    returning balance, reserved`.execute(transaction)
  return describeFunds(rows[0])
}

/** Moves both figures of an account that is held; the schema's checks keep them from what can't be. */
export async function moveFunds(
  transaction: AnyTransaction,
  { tenantId, accountId }: AccountName,
  by: Funds,
): Promise<Funds> {
  const { rows } = await sql<FundsRow>`
    update identity.credit_accounts
    set balance = balance + ${by.balance}::bigint, reserved = reserved + ${by.reserved}::bigint
    where tenant_id = ${tenantId} and account_id = ${accountId}
    returning balance, reserved`.execute(transaction)
  return describeFunds(rows[0])
}

/** PostgreSQL's 64 bits come as text; amounts stay far below what a number holds exactly. */
function describeFunds(row: FundsRow | undefined): Funds {
  return { balance: Number(row?.balance ?? 0), reserved: Number(row?.reserved ?? 0) }
}
