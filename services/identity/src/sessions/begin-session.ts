import type { Call } from '@flatrender/contracts/call'
import { writeAudit } from '../audit/audit-store.ts'
import type { AnyTransaction, LoginMethod } from '../tables.ts'
import { findRights } from '../users/roles-store.ts'
import { updateUser } from '../users/users-store.ts'
import { insertRefreshToken, insertSession } from './sessions-store.ts'

/** What tokens are signed for. */
export interface BegunSession {
  readonly tenantId: string
  readonly userId: string
  readonly sessionId: string
  readonly refreshToken: string
  readonly permissions: string[]
}

/** Begins a session of a user who has just proven who they are, and writes it down. */
export async function beginSession(
  transaction: AnyTransaction,
  call: Call,
  { userId, methods }: { userId: string; methods: readonly LoginMethod[] },
): Promise<BegunSession> {
  const { tenantId } = call.actor
  await updateUser(transaction, { tenantId, userId }, { loggedIn: true })
  const sessionId = await insertSession(transaction, { tenantId, userId, call, methods })
  await writeAudit(transaction, call, { action: 'user.login', subject: sessionId, userId })
  const refreshToken = await insertRefreshToken(transaction, { tenantId, sessionId, generation: 1, turn: 1 })
  const { permissions } = await findRights(transaction, { tenantId, userId })
  return { tenantId, userId, sessionId, refreshToken, permissions }
}
