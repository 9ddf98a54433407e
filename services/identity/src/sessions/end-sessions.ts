import type { Call } from '@flatrender/contracts/call'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import type { AnyTransaction } from '../tables.ts'
import { type EndReason, revokeSessions } from './sessions-store.ts'

/** Ends open sessions of a user, writes each down and tells of it; gives how many there were. */
export async function endSessions(
  identity: Identity,
  transaction: AnyTransaction,
  call: Call,
  choice: { userId: string; only?: string | null; except?: string | null; reason: EndReason },
): Promise<number> {
  const { tenantId } = call.actor
  const { reason, userId } = choice
  const ended = await revokeSessions(transaction, { ...choice, tenantId }, reason)
  for (const sessionId of ended) {
    await writeAudit(transaction, call, {
      action: 'session.revoked',
      subject: sessionId,
      after: { reason },
      // A stolen token is told of by FlatRender itself; all else that a visitor does, its user does by a mailed token.
      ...(reason !== 'token_reused' && call.actor.kind === 'visitor' && { userId }),
    })
    await identity.emit(transaction, {
      type: 'identity.session.revoked',
      tenantId,
      subject: sessionId,
      data: { sessionId, userId },
    })
  }
  return ended.length
}
