import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { assertProven } from '../sessions/assert-proven.ts'
import { requireUserId } from '../users/require-user.ts'
import { findUser } from '../users/users-store.ts'
import { matchTotp } from './check-code.ts'
import { describeFactor } from './describe-factor.ts'
import { findTotps, takeStep } from './factors-store.ts'
import { countCodes, replaceCodes } from './recovery-codes-store.ts'

/**
 * Lets an authenticator app count, by its first code; whoever has no recovery codes gets ten. The login must be proven still:
 * codes could be guessed here, and the recovery codes prove any login. Errors: STEP_UP_REQUIRED, FACTOR_UNKNOWN, also for one that counts already, MFA_CODE_WRONG, ACCESS_UNPROVEN for a key.
 */
export async function verifyTotp(identity: Identity, call: Call, input: { id: string; code: string }) {
  const { tenantId } = call.actor
  const userId = requireUserId(call)
  const name = { tenantId, userId }
  return identity.database.transact(call.actor, async (transaction) => {
    await assertProven(transaction, call)
    await findUser(transaction, name, { lock: true })
    const open = await findTotps(transaction, name, { verified: false })
    const factor = open.find(({ row }) => row.id === input.id)
    if (factor === undefined) throw new FlatRenderError('FACTOR_UNKNOWN')
    const step = matchTotp(identity, userId, factor, input.code)
    if (step === undefined) throw new FlatRenderError('MFA_CODE_WRONG')
    const row = await takeStep(transaction, tenantId, { id: input.id, step })
    const left = await countCodes(transaction, name)
    const recoveryCodes = left === 0 ? await replaceCodes(transaction, name) : []
    await writeAudit(transaction, call, { action: 'factor.added', subject: row.id, after: { kind: 'totp' } })
    await identity.emit(transaction, {
      type: 'identity.factor.added',
      tenantId,
      subject: row.id,
      data: { factorId: row.id, userId },
    })
    return { factor: describeFactor(row), recoveryCodes }
  })
}
