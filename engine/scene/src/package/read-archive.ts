import { FlatRenderError } from '@flatrender/contracts/errors'
import { Inflate } from 'fflate'
import { crc32 } from './crc32.ts'
import type { PackageFiles } from './template-package.ts'
import { describeUnsafePath } from './unsafe-path.ts'
import { readZipDirectory, type ZipEntry } from './zip-directory.ts'

/** Most that an archive may unpack to, bytes. */
export const MAX_PACKAGE_BYTES = 512 * 1024 * 1024
/** Most entries of an archive. */
export const MAX_PACKAGE_FILES = 10_000

/**
 * Unpacks a dotLottie archive. `name` is for the errors.
 * Errors: TEMPLATE_UNREADABLE, TEMPLATE_TOO_LARGE, TEMPLATE_PATH_UNSAFE.
 */
export function readArchive(bytes: Uint8Array, name: string): PackageFiles {
  const entries = directory(bytes, name)
  if (entries.length > MAX_PACKAGE_FILES) {
    throw tooLarge(name, `it holds ${entries.length} files`)
  }
  let total = 0
  for (const entry of entries) {
    assertSafe(entry, name)
    total += entry.size
    if (total > MAX_PACKAGE_BYTES) throw tooLarge(name, 'its directory says so')
  }
  const files = new Map<string, Uint8Array>()
  for (const entry of entries) {
    if (files.has(entry.path)) throw unsafe(name, entry.path, 'stands there twice')
    files.set(entry.path, unpackEntry(bytes, entry, name))
  }
  return files
}

function directory(bytes: Uint8Array, name: string): ZipEntry[] {
  try {
    return readZipDirectory(bytes)
  } catch (error) {
    throw unreadable(name, (error as Error).message, error)
  }
}

function unpackEntry(bytes: Uint8Array, entry: ZipEntry, name: string): Uint8Array {
  const packed = bytes.subarray(entry.dataStart, entry.dataStart + entry.compressedSize)
  const content = entry.method === 0 ? packed.slice() : inflate(packed, entry, name)
  if (content?.length !== entry.size || crc32(content) !== entry.crc32) {
    throw unreadable(name, `the entry “${entry.path}” is damaged`)
  }
  return content
}

/** So much is unpacked before looking whether it is more than was promised. */
const BITE = 4 * 1024

/** The entry's content, or undefined when there is more of it than its directory says: nothing waits for a bomb. */
function inflate(packed: Uint8Array, entry: ZipEntry, name: string): Uint8Array | undefined {
  if (entry.method !== 8)
    throw unreadable(name, `the entry “${entry.path}” is compressed by method ${entry.method}`)
  // Deflate reaches 1,032:1 at the most, so a larger promise is a lie and isn't given memory.
  if (entry.size > packed.length * 1032 + 64)
    throw tooLarge(name, `the entry “${entry.path}” promises what deflate cannot hold`)
  const content = new Uint8Array(entry.size)
  let length = 0
  const stream = new Inflate((chunk) => {
    if (length + chunk.length <= content.length) content.set(chunk, length)
    length += chunk.length
  })
  try {
    for (let at = 0; at === 0 || at < packed.length; at += BITE) {
      stream.push(packed.subarray(at, at + BITE), at + BITE >= packed.length)
      if (length > content.length) return undefined
    }
  } catch (error) {
    throw unreadable(name, `the entry “${entry.path}” is damaged`, error)
  }
  return content.subarray(0, length)
}

function assertSafe({ path, encrypted, special }: ZipEntry, name: string): void {
  if (encrypted) throw unreadable(name, `the entry “${path}” is encrypted`)
  if (special) throw unsafe(name, path, 'is a link')
  const reason = describeUnsafePath(path)
  if (reason !== undefined) throw unsafe(name, path, reason)
}

function unreadable(template: string, reason: string, cause?: unknown): FlatRenderError {
  return new FlatRenderError('TEMPLATE_UNREADABLE', { template, reason }, { cause })
}

function tooLarge(template: string, reason: string): FlatRenderError {
  return new FlatRenderError('TEMPLATE_TOO_LARGE', { template, limit: '512 MiB in 10,000 files', reason })
}

function unsafe(template: string, path: string, reason: string): FlatRenderError {
  return new FlatRenderError('TEMPLATE_PATH_UNSAFE', { template, path, reason })
}
