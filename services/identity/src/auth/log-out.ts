import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { endSessions } from '../sessions/end-sessions.ts'
import { requireUserId } from '../users/require-user.ts'

/** Ends this login, or all of them. Errors: ACCESS_UNPROVEN for a key. */
export async function logOut(
  identity: Identity,
  call: Call,
  { everywhere }: { everywhere: boolean },
): Promise<Record<string, never>> {
  const userId = requireUserId(call)
  const only = everywhere ? undefined : call.actor.sessionId
  await identity.database.transact(call.actor, (transaction) =>
    endSessions(identity, transaction, call, {
      userId,
      ...(only !== undefined && { only }),
      reason: 'logout',
    }),
  )
  return {}
}
