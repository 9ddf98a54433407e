import { createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { SecretKeys } from '../../secrets/seal.ts'
import type { SignOptions } from '../storage.ts'
import { assertKey } from '../storage-key.ts'

/** What a signed address says. */
export interface SignedAddress {
  readonly key: string
  readonly method: 'get' | 'put'
  /** Under which name it is saved; null for the last part of its key. */
  readonly filename: string | null
  /** How many bytes may come; null: any number. */
  readonly bytes: number | null
}

/** What an address is signed for. */
export interface AddressOptions extends SignOptions {
  readonly baseUrl: string
  readonly key: string
}

/** S3 signs nothing for longer either. */
const LONGEST = 7 * 24 * 3600

/** An address of a stored file that opens it until it expires. */
export function signAddress(
  keys: SecretKeys,
  { baseUrl, key, method, expiresIn, filename, bytes }: AddressOptions,
): string {
  if (!(expiresIn > 0 && expiresIn <= LONGEST)) throw new Error(`an address is good for up to ${LONGEST} s`)
  const expires = String(Math.ceil(Date.now() / 1000 + expiresIn))
  const size = bytes === undefined ? '' : String(bytes)
  const signature = sumOf(keys.present, [method, key, expires, filename ?? '', size]).toString('base64url')
  const query = new URLSearchParams({
    method,
    expires,
    ...(filename && { filename }),
    ...(size && { bytes: size }),
    signature,
  })
  return `${baseUrl}/${key.split('/').map(encodeURIComponent).join('/')}?${query}`
}

/**
 * What an address opens: `path` is what stands behind the base, as it came. The time that it takes says nothing of how
 * near a wrong one is. Errors: STORED_ADDRESS_INVALID.
 */
export function verifyAddress(
  { present, former }: SecretKeys,
  {
    path,
    query,
    method,
  }: { readonly path: string; readonly query: URLSearchParams; readonly method: string },
): SignedAddress {
  const key = readKey(path)
  const [expires = '', filename = '', bytes = '', signed = ''] = [
    'expires',
    'filename',
    'bytes',
    'signature',
  ].map((name) => query.get(name) ?? '')
  const given = Buffer.from(signed, 'base64url')
  // HEAD of an address to put by asks where to go on.
  const asks = method === 'HEAD' && query.get('method') !== 'put'
  const wanted = method === 'GET' || asks ? 'get' : 'put'
  const ours = [present, ...former].map((secret) => sumOf(secret, [wanted, key, expires, filename, bytes]))
  const matches = ours.map((sum) => given.length === sum.length && timingSafeEqual(sum, given))
  const known = ['GET', 'HEAD', 'PUT'].includes(method)
  // Names that come twice could be read in two ways.
  const once = [...query.keys()].length === new Set(query.keys()).size
  if (!matches.includes(true) || !known || !once || !(Number(expires) > Date.now() / 1000)) throw invalid()
  return {
    key,
    method: wanted,
    filename: filename === '' ? null : filename,
    bytes: bytes === '' ? null : Number(bytes),
  }
}

function readKey(path: string): string {
  try {
    const key = path.replace(/^\//, '').split('/').map(decodeURIComponent).join('/')
    assertKey(key)
    return key
  } catch (cause) {
    throw new FlatRenderError('STORED_ADDRESS_INVALID', {}, { cause })
  }
}

function sumOf(secretKey: Buffer, parts: readonly string[]): Buffer {
  return createHmac('sha256', deriveKey(secretKey)).update(JSON.stringify(parts)).digest()
}

/** Keys that were derived: an order names many files, and deriving takes longer than signing. */
const derived = new WeakMap<Buffer, KeyObject>()

function deriveKey(secretKey: Buffer): KeyObject {
  const known = derived.get(secretKey)
  if (known !== undefined) return known
  const bytes = hkdfSync('sha256', secretKey, '', 'addresses of stored files', 32)
  const key = createSecretKey(Buffer.from(bytes))
  derived.set(secretKey, key)
  return key
}

function invalid(): FlatRenderError {
  return new FlatRenderError('STORED_ADDRESS_INVALID')
}
