import type { TenantTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import { hashToken } from '../auth/opaque-token.ts'
import type { Tables } from '../tables.ts'
import { sessionEnd } from './sessions-store.ts'

/** Seconds in which a token of a used turn gets another successor: its answer may have been lost. */
const GRACE_SECONDS = 10

/** A refresh token as it is presented. */
export interface PresentedToken {
  readonly sessionId: string
  readonly userId: string
  readonly generation: number
  /** Neither it nor its session is expired, and the session is not revoked. */
  readonly open: boolean
  /** It, or another of its turn, was used, and longer ago than an answer may be lost. */
  readonly reused: boolean
  /** How many uses it is away from the login. Tokens of one turn are given for the same token, or its like. */
  readonly turn: number
  /** The generation that its successor will have. */
  readonly next: number
}

/**
 * Finds a token and holds its session until the end of the transaction, so that of two that present the same, the second
 * sees what the first did.
 */
export async function lockToken(
  transaction: TenantTransaction<Tables>,
  tenantId: string,
  token: string,
): Promise<PresentedToken | undefined> {
  const hash = hashToken(token)
  const session = await transaction
    .selectFrom('identity.sessions as session')
    .innerJoin('identity.refresh_tokens as token', (join) =>
      join.onRef('token.tenant_id', '=', 'session.tenant_id').onRef('token.session_id', '=', 'session.id'),
    )
    .select(['session.id', 'session.user_id'])
    .where('token.tenant_id', '=', tenantId)
    .where('token.hash', '=', hash)
    .forUpdate('session')
    .executeTakeFirst()
  if (session === undefined) return undefined
  // A statement of its own: it sees what whoever held the session before has written. `now()` is when this transaction
  // began, so time spent waiting for the session makes no token late.
  const { rows } = await sql<PresentedToken>`
    select session.id as "sessionId", session.user_id as "userId", token.generation,
      session.revoked_at is null and session.expires_at > now() and token.expires_at > now() as open,
      token.turn, exists (
        select from identity.refresh_tokens as like_it
        where like_it.tenant_id = token.tenant_id and like_it.session_id = token.session_id
          and like_it.turn = token.turn and like_it.used_at < now() - make_interval(secs => ${GRACE_SECONDS})
      ) as reused,
      (select max(generation) + 1 from identity.refresh_tokens
        where tenant_id = ${tenantId} and session_id = session.id) as next
    from identity.refresh_tokens as token
    join identity.sessions as session on session.tenant_id = token.tenant_id and session.id = token.session_id
    where token.tenant_id = ${tenantId} and token.hash = ${hash}`.execute(transaction)
  return rows[0]
}

/** Marks a token as used; one that was used before keeps its moment, so that nothing is won by using it often. */
export async function markTokenUsed(
  transaction: TenantTransaction<Tables>,
  tenantId: string,
  { sessionId, generation, next }: PresentedToken,
): Promise<void> {
  await transaction
    .updateTable('identity.refresh_tokens')
    .set({
      used_at: sql<Date>`coalesce(used_at, clock_timestamp())`,
      replaced_by: sql<number>`coalesce(replaced_by, ${next})`,
    })
    .where('tenant_id', '=', tenantId)
    .where('session_id', '=', sessionId)
    .where('generation', '=', generation)
    .execute()
}

/** A session was just used: it is good for another thirty days. */
export async function prolongSession(
  transaction: TenantTransaction<Tables>,
  tenantId: string,
  sessionId: string,
): Promise<void> {
  await transaction
    .updateTable('identity.sessions')
    .set({ last_seen_at: sql<Date>`now()`, expires_at: sessionEnd })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', sessionId)
    .execute()
}
