import { generateSecret, generateURI, verifySync } from 'otplib'

/** Seconds of a time step; what every authenticator app takes for granted, with SHA-1 and six digits (RFC 6238). */
const STEP_SECONDS = 30

/** A new secret of 20 random bytes, in base32. */
export function makeSecret(): string {
  return generateSecret({ length: 20 })
}

/** What an authenticator app reads as a QR code. `issuer` is whom the login is with, `label` whose it is. */
export function describeSecret(secret: string, names: { issuer: string; label: string }): string {
  // A colon would part the two.
  return generateURI({ issuer: names.issuer.replaceAll(':', ' '), label: names.label, secret })
}

/**
 * The time step that a code of six digits is for, if that is the present one, the one before or the one after, and later
 * than the last that was taken; undefined for a code that isn't right. `now`: seconds.
 */
export function findStep(
  secret: string,
  { code, now, lastStep }: { code: string; now: number; lastStep: number },
): number | undefined {
  const result = verifySync({
    secret,
    token: code,
    epoch: Math.floor(now),
    period: STEP_SECONDS,
    epochTolerance: STEP_SECONDS,
  })
  if (!result.valid || !('timeStep' in result)) return undefined
  return result.timeStep > lastStep ? result.timeStep : undefined
}
