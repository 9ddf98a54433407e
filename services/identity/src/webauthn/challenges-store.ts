import { sql } from 'kysely'
import { hashToken } from '../auth/opaque-token.ts'
import { insertToken } from '../auth/user-tokens-store.ts'
import type { AnyTransaction } from '../tables.ts'
import type { UserName } from '../users/users-store.ts'

/** What an authenticator is asked for, and by which login: an answer to one question is none to another. */
export interface Question {
  readonly act: 'add' | 'login' | 'step_up'
  /** The session that asks or, while there is none yet, the hash of the login's `mfaToken` in hex. */
  readonly of: string
}

/** What was asked, as it is remembered for the answer. */
export interface Asked {
  readonly rpId: string
  readonly origin: string
  /** Of the factor that is set up. */
  readonly name?: string
}

/** Remembers a challenge (base64url) for five minutes, by its hash. The former one of the same question is forgotten. */
export async function insertChallenge(
  transaction: AnyTransaction,
  { tenantId, userId }: UserName,
  { act, of, challenge, asked }: Question & { challenge: string; asked: Asked },
): Promise<void> {
  await transaction
    .deleteFrom('identity.user_tokens')
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('purpose', '=', 'webauthn')
    .where(sql<boolean>`data @> ${JSON.stringify({ act, of })}::jsonb`)
    .execute()
  const data = { act, of, ...asked }
  await insertToken(transaction, { tenantId, userId, purpose: 'webauthn', token: challenge, data })
}

/** Takes a challenge, once; undefined for one that this user was not asked, not for this, not in time, or that was answered. */
export async function takeChallenge(
  transaction: AnyTransaction,
  { tenantId, userId }: UserName,
  { act, of, challenge }: Question & { challenge: string },
): Promise<Asked | undefined> {
  const row = await transaction
    .updateTable('identity.user_tokens')
    .set({ used_at: sql<Date>`now()` })
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('purpose', '=', 'webauthn')
    .where('hash', '=', hashToken(challenge))
    .where(sql<boolean>`data @> ${JSON.stringify({ act, of })}::jsonb`)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning('data')
    .executeTakeFirst()
  return row?.data as Asked | undefined
}
