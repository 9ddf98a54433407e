import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Identity } from '../deps.ts'
import { requireUserId } from '../users/require-user.ts'
import { endSessions } from './end-sessions.ts'

/** Ends one of my logins. Errors: SESSION_UNKNOWN, ACCESS_UNPROVEN for a key. */
export async function revokeSession(
  identity: Identity,
  call: Call,
  { id }: { id: string },
): Promise<Record<string, never>> {
  const userId = requireUserId(call)
  await identity.database.transact(call.actor, async (transaction) => {
    const ended = await endSessions(identity, transaction, call, { userId, only: id, reason: 'revoked' })
    if (ended === 0) throw new FlatRenderError('SESSION_UNKNOWN')
  })
  return {}
}
