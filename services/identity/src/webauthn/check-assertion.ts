import type { Call } from '@flatrender/contracts/call'
import type { Assertion } from '@flatrender/contracts/identity'
import { verifyAuthenticationResponse } from '@simplewebauthn/server'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import type { AnyTransaction } from '../tables.ts'
import { type Question, takeChallenge } from './challenges-store.ts'
import { refuseOnly } from './check-attestation.ts'
import { findCredentials, updateSignCount } from './credentials-store.ts'
import { readChallenge } from './read-challenge.ts'

/**
 * Takes what a user's authenticator answered. Its challenge is used up, right or wrong, if the transaction commits. The
 * caller holds the user's row.
 */
export async function checkAssertion(
  identity: Identity,
  transaction: AnyTransaction,
  call: Call,
  { userId, assertion, ...question }: Question & { userId: string; assertion: Assertion },
): Promise<'right' | 'refused' | 'copied'> {
  const { tenantId } = call.actor
  const { id, rawId, type, response } = assertion
  const challenge = readChallenge(response.clientDataJSON) ?? ''
  const asked = await takeChallenge(transaction, { tenantId, userId }, { ...question, challenge })
  const known = await findCredentials(transaction, { tenantId, userId })
  const credential = known.find((candidate) => candidate.id === id)
  if (asked === undefined || credential === undefined) return 'refused'
  const { factorId, publicKey, signCount } = credential
  const verified = await verifyAuthenticationResponse({
    response: { id, rawId, type, response, clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin: asked.origin,
    expectedRPID: asked.rpId,
    // The library looks at the count before the signature: then anybody could make it look copied. We look below.
    credential: { id, publicKey, counter: 0 },
    requireUserVerification: false,
  }).catch((error: unknown) => refuseOnly(error))
  if (!verified?.verified) return 'refused'
  const counted = verified.authenticationInfo.newCounter
  // Many authenticators don't count, and always say 0.
  if ((counted > 0 || signCount > 0) && counted <= signCount) {
    const [before, after] = [{ signCount }, { signCount: counted }]
    await writeAudit(transaction, call, { action: 'factor.copied', subject: factorId, userId, before, after })
    await identity.emit(transaction, {
      type: 'identity.factor.copied',
      tenantId,
      subject: factorId,
      data: { factorId, userId },
    })
    return 'copied'
  }
  await updateSignCount(transaction, { tenantId, factorId, signCount: counted })
  return 'right'
}
