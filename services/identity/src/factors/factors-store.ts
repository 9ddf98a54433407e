import { type Selectable, sql } from 'kysely'
import type { AnyTransaction, Tables } from '../tables.ts'
import type { UserName } from '../users/users-store.ts'

/** The columns that are shown of a factor. */
export const factorColumns = ['id', 'kind', 'name', 'verified_at', 'last_used_at', 'created_at'] as const

/** What is shown of a factor. */
export type FactorRow = Pick<Selectable<Tables['identity.mfa_factors']>, (typeof factorColumns)[number]>

/** An authenticator app, as a code is compared with it. */
export interface TotpFactor {
  readonly row: FactorRow
  readonly sealedSecret: Buffer
  /** -1 before the first code. */
  readonly lastStep: number
  /** The database's clock, in seconds. */
  readonly now: number
}

/** Adds an authenticator app that has shown no code yet. Another one that never did is forgotten. */
export async function insertTotp(
  transaction: AnyTransaction,
  { tenantId, userId }: UserName,
  { name, sealedSecret }: { name: string; sealedSecret: Buffer },
): Promise<FactorRow> {
  await transaction
    .deleteFrom('identity.mfa_factors')
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('verified_at', 'is', null)
    .execute()
  return transaction
    .insertInto('identity.mfa_factors')
    .values({ tenant_id: tenantId, user_id: userId, kind: 'totp', name, sealed_secret: sealedSecret })
    .returning(factorColumns)
    .executeTakeFirstOrThrow()
}

/** The authenticator apps of a user: those that count, or those that are being set up. */
export async function findTotps(
  transaction: AnyTransaction,
  { tenantId, userId }: UserName,
  { verified }: { verified: boolean },
): Promise<TotpFactor[]> {
  const rows = await transaction
    .selectFrom('identity.mfa_factors')
    .select([...factorColumns, 'sealed_secret', 'last_step'])
    .select(sql<number>`extract(epoch from clock_timestamp())::float8`.as('now'))
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('kind', '=', 'totp')
    .where('verified_at', verified ? 'is not' : 'is', null)
    .execute()
  return rows.map(({ sealed_secret, last_step, now, ...row }) => ({
    row,
    sealedSecret: sealed_secret!,
    lastStep: last_step === null ? -1 : Number(last_step),
    now,
  }))
}

/** A code of this time step was taken: no other of it, nor of one before, will be. The factor counts from now on. */
export async function takeStep(
  transaction: AnyTransaction,
  tenantId: string,
  { id, step }: { id: string; step: number },
): Promise<FactorRow> {
  return transaction
    .updateTable('identity.mfa_factors')
    .set({
      last_step: String(step),
      last_used_at: sql<Date>`now()`,
      verified_at: sql<Date>`coalesce(verified_at, now())`,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .returning(factorColumns)
    .executeTakeFirstOrThrow()
}

/** All factors of a user, the oldest first. */
export async function findFactors(
  transaction: AnyTransaction,
  { tenantId, userId }: UserName,
): Promise<FactorRow[]> {
  return transaction
    .selectFrom('identity.mfa_factors')
    .select(factorColumns)
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .execute()
}

/** Has a user a factor that counts? */
export async function hasFactor(
  transaction: AnyTransaction,
  { tenantId, userId }: UserName,
): Promise<boolean> {
  const row = await transaction
    .selectFrom('identity.mfa_factors')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('verified_at', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Removes a user's factor; false where there is none. */
export async function deleteFactor(
  transaction: AnyTransaction,
  { tenantId, userId }: UserName,
  id: string,
): Promise<boolean> {
  const row = await transaction
    .deleteFrom('identity.mfa_factors')
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
