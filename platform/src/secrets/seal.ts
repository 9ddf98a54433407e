import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { SealedPlace } from '@flatrender/contracts/secrets'

/** Layout of what is sealed: version, id of the key, nonce, tag, ciphertext. */
const VERSION = 1
const [ID_BYTES, NONCE_BYTES, TAG_BYTES] = [4, 12, 16]
const HEAD_BYTES = 1 + ID_BYTES + NONCE_BYTES + TAG_BYTES

/** Keys by which secrets are sealed: the present one, and those before it, by which older rows still are. */
export interface SecretKeys {
  readonly present: Buffer
  readonly former: readonly Buffer[]
}

/**
 * Seals a secret for the database with AES-256-GCM. Its place (column and row) is bound to it: what is sealed for one row
 * opens in no other.
 */
export function seal(keys: SecretKeys, place: SealedPlace, secret: Uint8Array | string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', keys.present, nonce)
  cipher.setAAD(Buffer.from(place))
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()])
  return Buffer.concat([headOf(keys.present), nonce, cipher.getAuthTag(), sealed])
}

/** Opens what was sealed for this place. Errors: SECRET_UNREADABLE for another key, another place, or damage. */
export function unseal({ present, former }: SecretKeys, place: SealedPlace, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed)
  const id = bytes.subarray(1, 1 + ID_BYTES)
  const key = [present, ...former].find((candidate) => idOf(candidate).equals(id))
  if (bytes.length < HEAD_BYTES || bytes[0] !== VERSION || key === undefined)
    throw new FlatRenderError('SECRET_UNREADABLE', { place })
  const nonce = bytes.subarray(1 + ID_BYTES, 1 + ID_BYTES + NONCE_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(bytes.subarray(HEAD_BYTES - TAG_BYTES, HEAD_BYTES))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(HEAD_BYTES)), decipher.final()])
  } catch (cause) {
    throw new FlatRenderError('SECRET_UNREADABLE', { place }, { cause })
  }
}

/** Is it sealed by a key before the present one? Then `rotate-key` seals it anew. */
export function isSealedByFormer({ present }: SecretKeys, sealed: Uint8Array): boolean {
  return !idOf(present).equals(Buffer.from(sealed).subarray(1, 1 + ID_BYTES))
}

/** The bytes with which all begins that a key has sealed. */
export function headOf(key: Buffer): Buffer {
  return Buffer.concat([Buffer.of(VERSION), idOf(key)])
}

/** What everything sealed with a key says of it, hexadecimal: it names the key without telling it. */
export function nameKey(key: Buffer): string {
  return idOf(key).toString('hex')
}

function idOf(key: Buffer): Buffer {
  return createHash('sha256').update('flatrender key id').update(key).digest().subarray(0, ID_BYTES)
}
