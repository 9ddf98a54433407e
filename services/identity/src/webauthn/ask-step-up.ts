import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { requireSession } from '../users/require-session.ts'
import { requireUser } from '../users/require-user.ts'
import { askAssertion } from './ask-assertion.ts'

/**
 * Gives what an authenticator is asked to prove a login again. Errors: FACTOR_UNKNOWN for whoever has none, PAGE_UNKNOWN,
 * ACCESS_UNPROVEN for a key.
 */
export async function askStepUp(identity: Identity, call: Call, { page }: { page?: string | undefined }) {
  const { tenantId } = call.actor
  const { userId, sessionId } = requireSession(call)
  return identity.database.transact(call.actor, async (transaction) => {
    await requireUser(transaction, call)
    return askAssertion(identity, transaction, { tenantId, userId }, { act: 'step_up', of: sessionId, page })
  })
}
