import type { Attestation } from '@flatrender/contracts/identity'
import { verifyRegistrationResponse } from '@simplewebauthn/server'
import { canVerify } from './can-verify.ts'
import type { Asked } from './challenges-store.ts'

/** EdDSA, ES256 and RS256 (COSE): what authenticators in use have between them. */
export const algorithms = [-8, -7, -257]

/** What an authenticator has made, if it made it for this page and this challenge; undefined otherwise. */
export async function checkAttestation(
  { id, rawId, type, response }: Attestation,
  { rpId, origin, challenge }: Asked & { challenge: string },
) {
  const { clientDataJSON, attestationObject } = response
  const answer = {
    id,
    rawId,
    type,
    response: { clientDataJSON, attestationObject },
    clientExtensionResults: {},
  }
  const verified = await verifyRegistrationResponse({
    response: answer,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: false,
    supportedAlgorithmIDs: algorithms,
  }).catch((error: unknown) => refuseOnly(error))
  if (!verified?.verified) return undefined
  const { credential } = verified.registrationInfo
  // The library doesn't open the key before the first login by it: its user would be locked out.
  return canVerify(credential.publicKey) ? credential : undefined
}

/** The library says by throwing what it doesn't accept: to us each of them is one refusal. */
export function refuseOnly(error: unknown): undefined {
  if (!(error instanceof Error)) throw error
}
