import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Attestation } from '@flatrender/contracts/identity'
import { answerOnce } from '@flatrender/platform/service'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { describeFactor } from '../factors/describe-factor.ts'
import { countCodes, replaceCodes } from '../factors/recovery-codes-store.ts'
import { requireSession } from '../users/require-session.ts'
import { findUser } from '../users/users-store.ts'
import { takeChallenge } from './challenges-store.ts'
import { checkAttestation } from './check-attestation.ts'
import { insertCredential } from './credentials-store.ts'
import { readChallenge } from './read-challenge.ts'

/**
 * Lets an authenticator count, by its first answer; whoever has no recovery codes gets ten. Errors: WEBAUTHN_REFUSED, also for an
 * authenticator that is set up already, ACCESS_UNPROVEN for a key, and those of asking again with an `Idempotency-Key`.
 */
export async function verifyWebauthn(identity: Identity, call: Call, input: { attestation: Attestation }) {
  const { tenantId } = call.actor
  const { secretKeys } = identity
  const { userId, sessionId } = requireSession(call)
  const name = { tenantId, userId }
  const { attestation } = input
  const once = { call, service: 'identity', procedure: 'factors.verifyWebauthn', input, secretKeys }
  return identity.database.transact(call.actor, async (transaction) => {
    await findUser(transaction, name, { lock: true })
    return answerOnce(transaction, once, async () => {
      const challenge = readChallenge(attestation.response.clientDataJSON) ?? ''
      const asked = await takeChallenge(transaction, name, { act: 'add', of: sessionId, challenge })
      const made = asked && (await checkAttestation(attestation, { ...asked, challenge }))
      const row =
        made &&
        (await insertCredential(transaction, name, {
          id: made.id,
          publicKey: made.publicKey,
          signCount: made.counter,
          transports: attestation.response.transports,
          name: asked.name ?? '',
        }))
      if (row === undefined) throw new FlatRenderError('WEBAUTHN_REFUSED')
      const left = await countCodes(transaction, name)
      const recoveryCodes = left === 0 ? await replaceCodes(transaction, name) : []
      const after = { kind: 'webauthn' }
      await writeAudit(transaction, call, { action: 'factor.added', subject: row.id, after })
      await identity.emit(transaction, {
        type: 'identity.factor.added',
        tenantId,
        subject: row.id,
        data: { factorId: row.id, userId },
      })
      return { factor: describeFactor(row), recoveryCodes }
    })
  })
}
