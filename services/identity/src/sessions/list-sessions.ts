import type { Call, Page } from '@flatrender/contracts/call'
import { cutPage } from '@flatrender/platform/service'
import type { Identity } from '../deps.ts'
import { requireUserId } from '../users/require-user.ts'
import { findOpenSessions } from './sessions-store.ts'

/** Where am I logged in? Errors: ACCESS_UNPROVEN for a key. */
export async function listSessions(identity: Identity, call: Call, { cursor, limit }: Page) {
  const { tenantId, sessionId } = call.actor
  const userId = requireUserId(call)
  const rows = await identity.database.transact(call.actor, (transaction) =>
    findOpenSessions(transaction, { tenantId, userId, cursor, limit: limit + 1 }),
  )
  const { page, next } = cutPage(rows, limit)
  return {
    sessions: page.map((row) => ({
      id: row.id,
      current: row.id === sessionId,
      userAgent: row.user_agent,
      address: row.address,
      createdAt: row.created_at.toISOString(),
      lastSeenAt: row.last_seen_at.toISOString(),
    })),
    next,
  }
}
