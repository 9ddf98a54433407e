import { type Selectable, sql } from 'kysely'
import type { AnyTransaction, Tables } from '../tables.ts'
import type { AccountName } from './credit-accounts-store.ts'

const shown = ['id', 'account_id', 'reference', 'amount', 'state', 'settled_amount', 'expires_at'] as const

/** A reservation's row. */
export type ReservationRow = Pick<Selectable<Tables['identity.credit_reservations']>, (typeof shown)[number]>

/** The reservation of an account under a reference; whoever means to change it holds the account. */
export async function findReservation(
  transaction: AnyTransaction,
  { tenantId, accountId }: AccountName,
  reference: string,
): Promise<ReservationRow | undefined> {
  return transaction
    .selectFrom('identity.credit_reservations')
    .select(shown)
    .where('tenant_id', '=', tenantId)
    .where('account_id', '=', accountId)
    .where('reference', '=', reference)
    .executeTakeFirst()
}

/** Writes down a promise. */
export async function insertReservation(
  transaction: AnyTransaction,
  { tenantId, accountId }: AccountName,
  promise: { reference: string; amount: number; expiresInSeconds: number },
): Promise<ReservationRow> {
  return transaction
    .insertInto('identity.credit_reservations')
    .values({
      tenant_id: tenantId,
      account_id: accountId,
      reference: promise.reference,
      amount: String(promise.amount),
      expires_at: sql<Date>`statement_timestamp() + make_interval(secs => ${promise.expiresInSeconds})`,
    })
    .returning(shown)
    .executeTakeFirstOrThrow()
}

/** Holds a promise, again or still, for so many seconds from now. */
export async function renewReservation(
  transaction: AnyTransaction,
  { tenantId, id }: { tenantId: string; id: string },
  expiresInSeconds: number,
): Promise<ReservationRow> {
  return transaction
    .updateTable('identity.credit_reservations')
    .set({
      state: 'held',
      ended_at: null,
      expires_at: sql<Date>`statement_timestamp() + make_interval(secs => ${expiresInSeconds})`,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .returning(shown)
    .executeTakeFirstOrThrow()
}

/** Takes so many credits out of a promise; some must be left. */
export async function lessenReservation(
  transaction: AnyTransaction,
  { tenantId, id }: { tenantId: string; id: string },
  by: number,
): Promise<void> {
  await transaction
    .updateTable('identity.credit_reservations')
    .set({ amount: sql`amount - ${by}::bigint` })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** Ends a promise. */
export async function endReservation(
  transaction: AnyTransaction,
  { tenantId, id }: { tenantId: string; id: string },
  end: { state: 'settled'; amount: number } | { state: 'released' },
): Promise<ReservationRow> {
  return transaction
    .updateTable('identity.credit_reservations')
    .set({
      state: end.state,
      settled_amount: end.state === 'settled' ? String(end.amount) : null,
      ended_at: sql<Date>`statement_timestamp()`,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .returning(shown)
    .executeTakeFirstOrThrow()
}
