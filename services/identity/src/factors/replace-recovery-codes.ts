import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { answerOnce } from '@flatrender/platform/service'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { assertProven } from '../sessions/assert-proven.ts'
import { requireUserId } from '../users/require-user.ts'
import { findUser } from '../users/users-store.ts'
import { hasFactor } from './factors-store.ts'
import { replaceCodes } from './recovery-codes-store.ts'

/**
 * Gives ten new recovery codes; the former ones are of no use any more. Errors: STEP_UP_REQUIRED, FACTOR_UNKNOWN for whoever
 * has no factor that counts, ACCESS_UNPROVEN for a key, and those of asking again with an `Idempotency-Key`.
 */
export async function replaceRecoveryCodes(
  identity: Identity,
  call: Call,
): Promise<{ recoveryCodes: string[] }> {
  const { tenantId } = call.actor
  const { secretKeys } = identity
  const userId = requireUserId(call)
  const name = { tenantId, userId }
  const once = { call, service: 'identity', procedure: 'factors.replaceRecoveryCodes', input: {}, secretKeys }
  return identity.database.transact(call.actor, async (transaction) => {
    await assertProven(transaction, call)
    await findUser(transaction, name, { lock: true })
    if (!(await hasFactor(transaction, name))) throw new FlatRenderError('FACTOR_UNKNOWN')
    return answerOnce(transaction, once, async () => {
      const recoveryCodes = await replaceCodes(transaction, name)
      await writeAudit(transaction, call, { action: 'factor.recovery_codes_replaced', subject: userId })
      await identity.emit(transaction, {
        type: 'identity.recovery_codes.replaced',
        tenantId,
        subject: userId,
        data: { userId },
      })
      return { recoveryCodes }
    })
  })
}
