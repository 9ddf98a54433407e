import type { Call, Page } from '@flatrender/contracts/call'
import { type Selectable, sql } from 'kysely'
import { hashToken, makeToken } from '../auth/opaque-token.ts'
import type { AnyTransaction, LoginMethod, Tables } from '../tables.ts'

/** Days without use after which a login ends. */
const SESSION_DAYS = 30

/** When a session ends that is used now. */
export const sessionEnd = sql<Date>`now() + make_interval(days => ${SESSION_DAYS})`

/** Why a session ended. */
export type EndReason =
  | 'logout'
  | 'revoked'
  | 'token_reused'
  | 'password_changed'
  | 'user_suspended'
  | 'user_deleted'

/** Begins a session of a user; gives its id. */
export async function insertSession(
  transaction: AnyTransaction,
  {
    tenantId,
    userId,
    call,
    methods,
  }: { tenantId: string; userId: string; call: Call; methods: readonly LoginMethod[] },
): Promise<string> {
  const row = await transaction
    .insertInto('identity.sessions')
    .values({
      tenant_id: tenantId,
      user_id: userId,
      address: call.address,
      user_agent: call.userAgent,
      methods: [...methods],
      expires_at: sessionEnd,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** Adds a token to a session; gives it. */
export async function insertRefreshToken(
  transaction: AnyTransaction,
  place: { tenantId: string; sessionId: string; generation: number; turn: number },
): Promise<string> {
  const { tenantId, sessionId, generation, turn } = place
  const token = makeToken('frr_')
  await transaction
    .insertInto('identity.refresh_tokens')
    .values({
      tenant_id: tenantId,
      session_id: sessionId,
      generation,
      turn,
      hash: hashToken(token),
      expires_at: sessionEnd,
    })
    .execute()
  return token
}

/** The sessions of a user that are open, the one last seen first. */
export async function findOpenSessions(
  transaction: AnyTransaction,
  { tenantId, userId, cursor, limit }: { tenantId: string; userId: string } & Page,
): Promise<Pick<Selectable<Tables['identity.sessions']>, SessionColumn>[]> {
  return transaction
    .selectFrom('identity.sessions')
    .select(shown)
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .$if(cursor !== undefined, (query) => query.where('id', '<', cursor!))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

const shown = ['id', 'address', 'user_agent', 'created_at', 'last_seen_at'] as const
type SessionColumn = (typeof shown)[number]

/** Which of a user's sessions: one, all but one, or all. */
export interface SessionChoice {
  readonly tenantId: string
  readonly userId: string
  readonly only?: string | null
  readonly except?: string | null
}

/** Ends open sessions of a user; gives their ids. */
export async function revokeSessions(
  transaction: AnyTransaction,
  { tenantId, userId, only, except }: SessionChoice,
  reason: EndReason,
): Promise<string[]> {
  const rows = await transaction
    .updateTable('identity.sessions')
    .set({ revoked_at: sql<Date>`now()`, revoked_reason: reason })
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .$if(only !== undefined, (query) => query.where('id', '=', only!))
    .$if(typeof except === 'string', (query) => query.where('id', '<>', except!))
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}
