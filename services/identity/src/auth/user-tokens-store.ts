import { sql } from 'kysely'
import type { AnyTransaction } from '../tables.ts'
import { hashToken } from './opaque-token.ts'

/** What a mailed token is good for. */
export type MailedPurpose = 'verify_email' | 'reset_password'
/** What a token is good for: those that are mailed, the one between the two steps of a login, what an authenticator is asked. */
export type TokenPurpose = MailedPurpose | 'mfa' | 'webauthn'

/** Minutes until a token expires. */
const MINUTES: Readonly<Record<TokenPurpose, number>> = {
  verify_email: 24 * 60,
  reset_password: 60,
  mfa: 5,
  webauthn: 5,
}
/** Wrong codes after which a token is of no use. */
const TRIES = 5

/** Keeps a token's hash, and what its purpose needs. */
export async function insertToken(
  transaction: AnyTransaction,
  token: {
    tenantId: string
    userId: string
    purpose: TokenPurpose
    token: string
    data?: Record<string, string>
  },
): Promise<void> {
  await transaction
    .insertInto('identity.user_tokens')
    .values({
      tenant_id: token.tenantId,
      user_id: token.userId,
      purpose: token.purpose,
      hash: hashToken(token.token),
      data: token.data ?? {},
      expires_at: sql<Date>`now() + make_interval(mins => ${MINUTES[token.purpose]})`,
    })
    .execute()
}

/** Whose token it is; undefined for one that is unknown, used, expired or was tried too often. */
export async function findTokenUser(
  transaction: AnyTransaction,
  { tenantId, purpose, token }: { tenantId: string; purpose: TokenPurpose; token: string },
): Promise<string | undefined> {
  const row = await transaction
    .selectFrom('identity.user_tokens')
    .select('user_id')
    .where('tenant_id', '=', tenantId)
    .where('hash', '=', hashToken(token))
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('failures', '<', TRIES)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst()
  return row?.user_id
}

/**
 * Uses a token, once: gives whose it was, or undefined for one that is unknown, used or expired. Its user's row is held
 * first: of two tokens of one user that are used at once, each would wait for the other.
 */
export async function useToken(
  transaction: AnyTransaction,
  { tenantId, purpose, token }: { tenantId: string; purpose: TokenPurpose; token: string },
): Promise<{ userId: string; data: Record<string, string> } | undefined> {
  const hash = hashToken(token)
  await lockTokenUser(transaction, tenantId, hash)
  const row = await transaction
    .updateTable('identity.user_tokens')
    .set({ used_at: sql<Date>`now()` })
    .where('tenant_id', '=', tenantId)
    .where('hash', '=', hash)
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning(['user_id', 'data'])
    .executeTakeFirst()
  return row && { userId: row.user_id, data: row.data }
}

/**
 * Begins a try of the token between the two steps of a login: gives whose it is, or undefined for one that is unknown,
 * used, expired or was tried too often. Its user's row is held until the end. Counted as failed until `useToken`.
 */
export async function tryToken(
  transaction: AnyTransaction,
  { tenantId, token }: { tenantId: string; token: string },
): Promise<string | undefined> {
  const hash = hashToken(token)
  await lockTokenUser(transaction, tenantId, hash)
  const row = await transaction
    .updateTable('identity.user_tokens')
    .set({ failures: sql<number>`failures + 1` })
    .where('tenant_id', '=', tenantId)
    .where('hash', '=', hash)
    .where('purpose', '=', 'mfa')
    .where('used_at', 'is', null)
    .where('failures', '<', TRIES)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning('user_id')
    .executeTakeFirst()
  return row?.user_id
}

/** Holds the row of a token's user until the end of the transaction. */
async function lockTokenUser(transaction: AnyTransaction, tenantId: string, hash: Buffer): Promise<void> {
  await transaction
    .selectFrom('identity.users as user')
    .innerJoin('identity.user_tokens as token', (join) =>
      join.onRef('token.tenant_id', '=', 'user.tenant_id').onRef('token.user_id', '=', 'user.id'),
    )
    .select('user.id')
    .where('token.tenant_id', '=', tenantId)
    .where('token.hash', '=', hash)
    .forUpdate('user')
    .execute()
}

/** Makes all open tokens of a user useless. */
export async function closeTokens(
  transaction: AnyTransaction,
  { tenantId, userId }: { tenantId: string; userId: string },
): Promise<void> {
  await transaction
    .updateTable('identity.user_tokens')
    .set({ used_at: sql<Date>`now()` })
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .execute()
}
