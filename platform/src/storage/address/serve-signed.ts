import type { Readable } from 'node:stream'
import { FlatRenderError, isFlatRenderError } from '@flatrender/contracts/errors'
import type { SecretKeys } from '../../secrets/seal.ts'
import { readRange } from '../resolve-range.ts'
import type { OpenFile, Storage } from '../storage.ts'
import { verifyAddress } from './sign-address.ts'
import { writeDisposition } from './write-disposition.ts'

/** A request for a signed address, in whatever server. */
export interface SignedRequest {
  readonly method: string
  /** What stands behind the base of signed addresses, with its query. */
  readonly url: string
  /** In lower case, as Node has them. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Of a PUT. */
  readonly body?: AsyncIterable<Uint8Array>
  readonly signal?: AbortSignal
}

/** How it is answered. */
export interface SignedAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly stream: Readable | null
}

/** Headers of a file to be saved: whatever somebody stored, a browser must not take for a page of ours. */
export const ATTACHMENT_GUARDS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'",
  // The address is the right: pages of every origin that were given it may show what it opens.
  'cross-origin-resource-policy': 'cross-origin',
  'cache-control': 'private, no-cache',
}

/**
 * Answers GET, HEAD and PUT of signed addresses: ranges and ETags as RFC 9110 has them. A PUT that broke goes on: HEAD of its
 * address tells `upload-offset`, and a PUT with `content-range: bytes <offset>-<last>/<all>` brings the rest. Errors: STORED_ADDRESS_INVALID,
 * STORED_FILE_MISSING; those of `put`.
 */
export async function serveSigned(
  { storage, secretKeys }: { readonly storage: Storage; readonly secretKeys: SecretKeys },
  request: SignedRequest,
): Promise<SignedAnswer> {
  const { pathname, searchParams: query } = readUrl(request.url)
  const { key, method, filename, bytes } = verifyAddress(secretKeys, {
    path: pathname,
    query,
    method: request.method,
  })
  if (method === 'put') return receive(storage, { key, bytes }, request)
  const name = filename ?? key.slice(key.lastIndexOf('/') + 1)
  try {
    const file = await openFor(storage, key, request)
    return answer(file, name, request)
  } catch (error) {
    if (!isFlatRenderError(error, 'STORED_RANGE_INVALID')) throw error
    return {
      status: 416,
      headers: { ...ATTACHMENT_GUARDS, 'content-range': `bytes */${error.data.bytes}` },
      stream: null,
    }
  }
}

async function openFor(storage: Storage, key: string, { headers, signal }: SignedRequest): Promise<OpenFile> {
  const range = readRange(textOf(headers.range))
  const condition = textOf(headers['if-range'])
  const more = signal === undefined ? {} : { signal }
  if (range === undefined) return storage.get(key, more)
  if (condition === undefined) return storage.get(key, { range, ...more })
  // Who has a part of another content gets all of this one.
  const known = await storage.head(key)
  return storage.get(key, known?.etag === condition ? { range, ...more } : more)
}

function answer(file: OpenFile, name: string, { method, headers }: SignedRequest): SignedAnswer {
  const { etag, range, bytes, stream } = file
  const told = {
    ...ATTACHMENT_GUARDS,
    etag,
    'last-modified': file.modifiedAt.toUTCString(),
    'accept-ranges': 'bytes',
  }
  if (matches(textOf(headers['if-none-match']), etag)) {
    stream.destroy()
    return { status: 304, headers: told, stream: null }
  }
  if (method === 'HEAD') stream.destroy()
  return {
    status: range === null ? 200 : 206,
    headers: {
      ...told,
      'content-type': file.contentType,
      'content-length': String(range === null ? bytes : range.to - range.from + 1),
      'content-disposition': writeDisposition(name),
      ...(range !== null && { 'content-range': `bytes ${range.from}-${range.to}/${bytes}` }),
    },
    stream: method === 'HEAD' ? null : stream,
  }
}

async function receive(
  storage: Storage,
  { key, bytes }: { readonly key: string; readonly bytes: number | null },
  { method, headers, body, signal }: SignedRequest,
): Promise<SignedAnswer> {
  const offset = (came: number) => ({ ...ATTACHMENT_GUARDS, 'upload-offset': String(came) })
  if (method === 'HEAD') return { status: 204, headers: offset(await storage.partBytes(key)), stream: null }
  const contentType = textOf(headers['content-type'])
  const { from, whole } = readGo(headers)
  try {
    const { etag } = await storage.put(key, body ?? Buffer.alloc(0), {
      from,
      ...(contentType !== undefined && { contentType }),
      // What is signed for fewer bytes than are announced fails with the first that is too many.
      ...((bytes ?? whole) !== undefined && { bytes: bytes ?? Number(whole) }),
      ...(signal && { signal }),
    })
    return { status: 201, headers: { ...ATTACHMENT_GUARDS, etag }, stream: null }
  } catch (error) {
    if (!isFlatRenderError(error, 'STORED_PART_DIFFERS')) throw error
    return { status: 409, headers: offset(Number(error.data.bytes)), stream: null }
  }
}

/** Where what comes begins, and how long all of it is. What isn't the rest of a file is taken for a whole one. */
function readGo(headers: SignedRequest['headers']): { from: number; whole: number | undefined } {
  const length = textOf(headers['content-length'])
  const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(textOf(headers['content-range']) ?? '')
  const [from, to, whole] = (range ?? []).slice(1).map(Number)
  if (from === undefined || whole === undefined || to !== whole - 1 || from >= whole)
    return { from: 0, whole: length === undefined ? undefined : Number(length) }
  return { from, whole }
}

/** The parts of what stands behind the base of signed addresses. Errors: STORED_ADDRESS_INVALID. */
export function readUrl(url: string): URL {
  // A second slash at its beginning would be taken for a host.
  const found = URL.parse(`http://files/${url.replace(/^\/+/, '')}`)
  if (found === null) throw new FlatRenderError('STORED_ADDRESS_INVALID')
  return found
}

function matches(header: string | undefined, etag: string): boolean {
  const tags = header?.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags?.includes(etag) === true || header?.trim() === '*'
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header
}
