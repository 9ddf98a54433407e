import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { assertProven } from '../sessions/assert-proven.ts'
import { requireUserId } from '../users/require-user.ts'
import { findUser } from '../users/users-store.ts'
import { deleteFactor, hasFactor } from './factors-store.ts'
import { deleteCodes } from './recovery-codes-store.ts'

/**
 * Removes one of my factors; with the last go the recovery codes. Errors: STEP_UP_REQUIRED, FACTOR_UNKNOWN, ACCESS_UNPROVEN
 * for a key.
 */
export async function removeFactor(
  identity: Identity,
  call: Call,
  { id }: { id: string },
): Promise<Record<string, never>> {
  const { tenantId } = call.actor
  const userId = requireUserId(call)
  const name = { tenantId, userId }
  await identity.database.transact(call.actor, async (transaction) => {
    await assertProven(transaction, call)
    await findUser(transaction, name, { lock: true })
    if (!(await deleteFactor(transaction, name, id))) throw new FlatRenderError('FACTOR_UNKNOWN')
    if (!(await hasFactor(transaction, name))) await deleteCodes(transaction, name)
    await writeAudit(transaction, call, { action: 'factor.removed', subject: id })
    await identity.emit(transaction, {
      type: 'identity.factor.removed',
      tenantId,
      subject: id,
      data: { factorId: id, userId },
    })
  })
  return {}
}
