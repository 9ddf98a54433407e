import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { requireUserId } from './require-user.ts'

/** The user who asks, and by which login. Errors: ACCESS_UNPROVEN for keys and whoever else has none. */
export function requireSession(call: Call): { userId: string; sessionId: string } {
  const userId = requireUserId(call)
  const { sessionId } = call.actor
  if (sessionId === null) throw new FlatRenderError('ACCESS_UNPROVEN')
  return { userId, sessionId }
}
