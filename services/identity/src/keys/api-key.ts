import { createHash, randomBytes, randomInt } from 'node:crypto'

const letters = 'abcdefghijklmnopqrstuvwxyz'

/** A new API key: `fr_live_`, eight letters that are shown, and 32 random bytes that are not. */
export function makeApiKey(): { key: string; prefix: string } {
  const name = Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('')
  const prefix = `fr_live_${name}`
  return { key: `${prefix}_${randomBytes(32).toString('base64url')}`, prefix }
}

/** By what a key is found again: SHA-256 of all of it, for it is long and random. */
export function hashApiKey(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}
