import type { Call } from '@flatrender/contracts/call'
import { answerOnce } from '@flatrender/platform/service'
import { generateRegistrationOptions } from '@simplewebauthn/server'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { assertProven } from '../sessions/assert-proven.ts'
import { requireSession } from '../users/require-session.ts'
import { requireUser } from '../users/require-user.ts'
import { insertChallenge } from './challenges-store.ts'
import { algorithms } from './check-attestation.ts'
import { findCredentials } from './credentials-store.ts'
import { findRelyingParty } from './relying-party.ts'

/**
 * Begins to set up an authenticator: gives what the browser is to ask it. Errors: STEP_UP_REQUIRED, PAGE_UNKNOWN,
 * ACCESS_UNPROVEN for a key, and those of asking again with an `Idempotency-Key`.
 */
export async function addWebauthn(
  identity: Identity,
  call: Call,
  input: { name: string; page?: string | undefined },
) {
  const { tenantId } = call.actor
  const { secretKeys } = identity
  const { userId, sessionId } = requireSession(call)
  const once = { call, service: 'identity', procedure: 'factors.addWebauthn', input, secretKeys }
  return identity.database.transact(call.actor, async (transaction) => {
    const user = await requireUser(transaction, call)
    await assertProven(transaction, call)
    return answerOnce(transaction, once, async () => {
      const {
        id: rpId,
        name: rpName,
        origin,
      } = await findRelyingParty(identity, transaction, tenantId, input.page)
      const known = await findCredentials(transaction, { tenantId, userId })
      const {
        extensions: _,
        hints: __,
        ...options
      } = await generateRegistrationOptions({
        rpID: rpId,
        rpName,
        userName: user.email!,
        userDisplayName: user.name,
        excludeCredentials: known.map(({ id, transports }) => ({ id, transports })),
        supportedAlgorithmIDs: algorithms,
        // The password is the first factor: touching the authenticator is enough.
        authenticatorSelection: { residentKey: 'discouraged', userVerification: 'discouraged' },
      })
      const asked = { rpId, origin, name: input.name }
      const { challenge } = options
      await insertChallenge(
        transaction,
        { tenantId, userId },
        { act: 'add', of: sessionId, challenge, asked },
      )
      await writeAudit(transaction, call, { action: 'factor.begun', subject: userId })
      return options
    })
  })
}
