import { sql } from 'kysely'
import type { AnyTransaction } from '../tables.ts'
import type { UserName } from '../users/users-store.ts'
import { hashRecoveryCode, makeRecoveryCodes } from './recovery-code.ts'

/** Gives a user ten new recovery codes, which are kept as hashes alone; the former ones go. */
export async function replaceCodes(
  transaction: AnyTransaction,
  { tenantId, userId }: UserName,
): Promise<string[]> {
  await deleteCodes(transaction, { tenantId, userId })
  const codes = makeRecoveryCodes()
  await transaction
    .insertInto('identity.recovery_codes')
    .values(
      codes.map((code) => ({ tenant_id: tenantId, user_id: userId, hash: hashRecoveryCode(userId, code) })),
    )
    .execute()
  return codes
}

/** Uses a recovery code, once; false for one that is unknown or used. */
export async function useRecoveryCode(
  transaction: AnyTransaction,
  { tenantId, userId }: UserName,
  code: string,
): Promise<boolean> {
  const row = await transaction
    .updateTable('identity.recovery_codes')
    .set({ used_at: sql<Date>`now()` })
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('hash', '=', hashRecoveryCode(userId, code))
    .where('used_at', 'is', null)
    .returning('user_id')
    .executeTakeFirst()
  return row !== undefined
}

/** How many recovery codes a user has left. */
export async function countCodes(
  transaction: AnyTransaction,
  { tenantId, userId }: UserName,
): Promise<number> {
  const row = await transaction
    .selectFrom('identity.recovery_codes')
    .select(({ fn }) => fn.countAll<string>().as('left'))
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.left)
}

/** Removes a user's recovery codes. */
export async function deleteCodes(
  transaction: AnyTransaction,
  { tenantId, userId }: UserName,
): Promise<void> {
  await transaction
    .deleteFrom('identity.recovery_codes')
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .execute()
}
