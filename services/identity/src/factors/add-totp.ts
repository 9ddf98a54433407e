import type { Call } from '@flatrender/contracts/call'
import { seal } from '@flatrender/platform/secrets'
import { answerOnce } from '@flatrender/platform/service'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { assertProven } from '../sessions/assert-proven.ts'
import { findPresentation } from '../tenants/tenants-store.ts'
import { requireUser, requireUserId } from '../users/require-user.ts'
import { placeOfSecret } from './check-code.ts'
import { describeFactor } from './describe-factor.ts'
import { insertTotp } from './factors-store.ts'
import { describeSecret, makeSecret } from './totp.ts'

/**
 * Begins to set up an authenticator app; it counts once it has shown a right code. Errors: STEP_UP_REQUIRED, ACCESS_UNPROVEN for a key, and
 * those of asking again with an `Idempotency-Key`.
 */
export async function addTotp(identity: Identity, call: Call, input: { name: string }) {
  const { tenantId } = call.actor
  const { secretKeys } = identity
  const userId = requireUserId(call)
  const once = { call, service: 'identity', procedure: 'factors.addTotp', input, secretKeys }
  return identity.database.transact(call.actor, async (transaction) => {
    const user = await requireUser(transaction, call)
    await assertProven(transaction, call)
    return answerOnce(transaction, once, async () => {
      const secret = makeSecret()
      const sealedSecret = seal(secretKeys, placeOfSecret(userId), secret)
      const row = await insertTotp(transaction, { tenantId, userId }, { ...input, sealedSecret })
      await writeAudit(transaction, call, { action: 'factor.begun', subject: row.id })
      const { name: issuer } = await findPresentation(transaction, tenantId)
      return { ...describeFactor(row), secret, uri: describeSecret(secret, { issuer, label: user.email! }) }
    })
  })
}
