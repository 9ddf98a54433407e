import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { TenantTransaction } from '@flatrender/platform/db'
import type { Identity } from '../deps.ts'
import type { Tables } from '../tables.ts'
import { findRights } from '../users/roles-store.ts'
import { findUser } from '../users/users-store.ts'
import { endSessions } from './end-sessions.ts'
import { prepareTokens, signTokens, type Tokens } from './issue-tokens.ts'
import { lockToken, markTokenUsed, type PresentedToken, prolongSession } from './refresh-store.ts'
import { insertRefreshToken } from './sessions-store.ts'

/**
 * Gives new tokens for a refresh token, which is good once: used again within ten seconds it gets another successor,
 * later its whole session ends. Successors of one token count as one, so of two lines only one goes on. Errors: REFRESH_TOKEN_INVALID, REFRESH_TOKEN_REUSED, TENANT_SUSPENDED.
 */
export async function refreshTokens(
  identity: Identity,
  call: Call,
  { refreshToken }: { refreshToken: string },
): Promise<Tokens> {
  const { tenantId } = call.actor
  const prepared = await prepareTokens(identity, tenantId)
  const outcome = await identity.database.transact(call.actor, async (transaction) => {
    const presented = await lockToken(transaction, tenantId, refreshToken)
    if (presented === undefined || !presented.open) return undefined
    const { sessionId, userId } = presented
    if (presented.reused) {
      // What throws is undone: the caller throws, after this has been kept.
      await endSessions(identity, transaction, call, { userId, only: sessionId, reason: 'token_reused' })
      return 'reused'
    }
    return succeed(transaction, tenantId, presented)
  })
  if (outcome === 'reused') throw new FlatRenderError('REFRESH_TOKEN_REUSED')
  if (outcome === undefined) throw new FlatRenderError('REFRESH_TOKEN_INVALID')
  return signTokens(prepared, { ...outcome, tenantId })
}

/** Writes a token's successor; undefined where its user may have none. */
async function succeed(transaction: TenantTransaction<Tables>, tenantId: string, presented: PresentedToken) {
  const { sessionId, userId, next, turn } = presented
  const user = await findUser(transaction, { tenantId, userId })
  if (user?.state !== 'active' || user.email_verified_at === null) return undefined
  const refreshToken = await insertRefreshToken(transaction, {
    tenantId,
    sessionId,
    generation: next,
    turn: turn + 1,
  })
  await markTokenUsed(transaction, tenantId, presented)
  await prolongSession(transaction, tenantId, sessionId)
  const { permissions } = await findRights(transaction, { tenantId, userId })
  return { sessionId, userId, refreshToken, permissions }
}
