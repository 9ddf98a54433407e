import { createHash, randomBytes } from 'node:crypto'

/**
 * What a token is for: `frr_` refreshes a login, `frv_` comes back from a mail, `frm_` waits for a second factor, `fro_` goes
 * by a provider and back, `frh_` stays meanwhile with the browser.
 */
type TokenPrefix = 'frr_' | 'frv_' | 'frm_' | 'fro_' | 'frh_'

/** Makes a token of 32 random bytes. Only its hash is kept. */
export function makeToken(prefix: TokenPrefix): string {
  return prefix + randomBytes(32).toString('base64url')
}

/** By what a token is found again: SHA-256, for it is long and random. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
