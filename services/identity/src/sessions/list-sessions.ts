import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { requireUserId } from '../users/require-user.ts'
import { findOpenSessions } from './sessions-store.ts'

/** Where am I logged in? Errors: ACCESS_UNPROVEN for a key. */
export async function listSessions(identity: Identity, call: Call) {
  const { tenantId, sessionId } = call.actor
  const userId = requireUserId(call)
  const rows = await identity.database.transact(call.actor, (transaction) =>
    findOpenSessions(transaction, { tenantId, userId }),
  )
  return {
    sessions: rows.map((row) => ({
      id: row.id,
      current: row.id === sessionId,
      userAgent: row.user_agent,
      address: row.address,
      createdAt: row.created_at.toISOString(),
      lastSeenAt: row.last_seen_at.toISOString(),
    })),
  }
}
