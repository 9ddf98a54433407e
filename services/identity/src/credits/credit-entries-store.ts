import { type Selectable, sql } from 'kysely'
import type { AnyTransaction, Tables } from '../tables.ts'
import type { AccountName } from './credit-accounts-store.ts'

const shown = ['id', 'kind', 'amount', 'balance_after', 'reference', 'reason', 'created_at'] as const

/** An entry of the ledger. */
export type EntryRow = Pick<Selectable<Tables['identity.credit_entries']>, (typeof shown)[number]>

/** Adds to the ledger, whose account is held. */
export async function insertEntry(
  transaction: AnyTransaction,
  { tenantId, accountId }: AccountName,
  entry: {
    kind: 'grant' | 'settle'
    amount: number
    balanceAfter: number
    reference: string
    reason: string | null
  },
): Promise<EntryRow> {
  const { kind, reference, reason } = entry
  return transaction
    .insertInto('identity.credit_entries')
    .values({
      tenant_id: tenantId,
      account_id: accountId,
      kind,
      amount: String(entry.amount),
      balance_after: String(entry.balanceAfter),
      reference,
      reason,
    })
    .returning(shown)
    .executeTakeFirstOrThrow()
}

/** The grant of an account under a reference. */
export async function findGrant(
  transaction: AnyTransaction,
  { tenantId, accountId }: AccountName,
  reference: string,
): Promise<EntryRow | undefined> {
  return selectEntries(transaction, { tenantId, accountId })
    .where('kind', '=', 'grant')
    .where('reference', '=', reference)
    .executeTakeFirst()
}

/** A page of an account's entries, the newest first; `cursor` is the last id of the page before. */
export async function findEntries(
  transaction: AnyTransaction,
  name: AccountName,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<EntryRow[]> {
  return selectEntries(transaction, name)
    .$if(cursor !== undefined, (query) =>
      query.where(
        sql<boolean>`(created_at, id) < (
          select last.created_at, last.id from identity.credit_entries as last
          where last.tenant_id = ${name.tenantId} and last.account_id = ${name.accountId} and last.id = ${cursor}
        )`,
      ),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

function selectEntries(transaction: AnyTransaction, { tenantId, accountId }: AccountName) {
  return transaction
    .selectFrom('identity.credit_entries')
    .select(shown)
    .where('tenant_id', '=', tenantId)
    .where('account_id', '=', accountId)
}
