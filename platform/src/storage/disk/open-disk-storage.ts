import { mkdir, rm, rmdir } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { SecretKeys } from '../../secrets/seal.ts'
import { signAddress } from '../address/sign-address.ts'
import { checkContent } from '../check-content.ts'
import { resolveRange } from '../resolve-range.ts'
import type { ByteRange, GetOptions, OpenFile, PutOptions, Storage, StoredFile } from '../storage.ts'
import { assertKey } from '../storage-key.ts'
import { partBytes, placeOfPart, takePart } from './kept-part.ts'
import { listStored } from './list-stored.ts'
import { placeOf } from './place-of.ts'
import { openStored } from './stored-file.ts'
import { sweepUnfinishedFiles } from './unfinished-files.ts'
import { moveInto, tellDisk, writeStored } from './write-stored.ts'

/** A folder that files are kept in. */
export interface DiskOptions {
  readonly folder: string
  /** Signed addresses follow from them. */
  readonly secretKeys: SecretKeys
  /** What signed addresses begin with, such as `https://video.example/files`; `/files` without it. */
  readonly baseUrl?: string
}

/**
 * Keeps files in a folder, which is made if it isn't there; many processes may use it at once. What killed ones left
 * unfinished is removed. Errors: STORAGE_UNWRITABLE, STORAGE_FULL.
 */
export async function openDiskStorage({
  folder,
  secretKeys,
  baseUrl = '/files',
}: DiskOptions): Promise<Storage> {
  const [root, unfinished] = [path.join(folder, 'files'), path.join(folder, 'unfinished')]
  for (const part of [root, unfinished]) await mkdir(part, { recursive: true }).catch(tellDisk(folder))
  await sweepUnfinishedFiles(unfinished).catch(tellDisk(folder))

  const put = async (key: string, body: Uint8Array | AsyncIterable<Uint8Array>, options: PutOptions = {}) => {
    const { contentType = 'application/octet-stream' } = options
    const file = placeOf(root, key)
    const { from } = options
    const taken = from ? await takePart(unfinished, key, from) : undefined
    const content = checkContent(key, taken === undefined ? body : chain(taken.bytes, body), options)
    const part = from === undefined ? {} : { part: placeOfPart(unfinished, key) }
    try {
      await writeStored({ root: folder, unfinished, file, ...part }, content, { contentType })
    } finally {
      await taken?.remove()
    }
    const { bytes, sha256 } = content.sum()
    return { key, bytes, contentType, etag: `"${sha256}"`, sha256, modifiedAt: new Date() }
  }
  const get = (key: string, options: GetOptions = {}) => openFile(placeOf(root, key), key, options)
  const head = async (key: string) => {
    const found = await openStored(placeOf(root, key), key)
    await found?.handle.close()
    return found?.stored
  }
  const remove = async (key: string) => {
    const file = placeOf(root, key)
    await rm(file, { force: true }).catch(tellDisk(folder))
    await removeEmpty(path.dirname(file), root)
  }
  return {
    place: folder,
    put,
    get,
    head,
    async copy(from, to) {
      assertKey(to)
      const { stream, contentType } = await get(from)
      return put(to, stream, { contentType })
    },
    async move(from, to, etag) {
      const [file, place] = [placeOf(root, from), placeOf(root, to)]
      await moveInto(file, place).catch(async (error: NodeJS.ErrnoException) => {
        if ((await head(from)) === undefined) throw missing(from)
        return tellDisk(folder)(error)
      })
      await removeEmpty(path.dirname(file), root)
      if (etag === undefined) return
      // Looked at where nobody else can put: whatever came there last.
      const moved = await head(to)
      if (moved?.etag === etag) return
      await remove(to)
      const found = moved?.etag ?? 'none'
      throw new FlatRenderError('STORED_FILE_DIFFERS', { key: from, what: 'ETag', found, announced: etag })
    },
    partBytes: (key) => {
      assertKey(key)
      return partBytes(unfinished, key)
    },
    delete: remove,
    list: (prefix = '') => listStored(root, prefix),
    async sign(key, options) {
      assertKey(key)
      return signAddress(secretKeys, { baseUrl, key, ...options })
    },
    async check() {
      const file = path.join(unfinished, `check-${process.pid}`)
      const content = checkContent('check', Buffer.from('check'), {})
      await writeStored({ root: folder, unfinished, file }, content, {
        contentType: 'text/plain',
      })
      await rm(file, { force: true }).catch(tellDisk(folder))
    },
    async close() {},
  }
}

async function* chain(...parts: readonly (Uint8Array | AsyncIterable<Uint8Array>)[]) {
  for (const part of parts) {
    if (part instanceof Uint8Array) yield part
    else yield* part
  }
}

async function openFile(file: string, key: string, { range, signal }: GetOptions): Promise<OpenFile> {
  const found = await openStored(file, key)
  if (found === undefined) throw missing(key)
  const { handle, stored } = found
  try {
    const span = spanOf(stored, range)
    if (stored.bytes > 0) {
      const end = span?.to ?? stored.bytes - 1
      const stream = handle.createReadStream({ start: span?.from ?? 0, end, ...(signal && { signal }) })
      return { ...stored, stream, range: span }
    }
  } catch (error) {
    await handle.close()
    throw error
  }
  await handle.close()
  return { ...stored, stream: Readable.from([]), range: null }
}

function missing(key: string): FlatRenderError {
  return new FlatRenderError('STORED_FILE_MISSING', { key })
}

function spanOf({ key, bytes }: StoredFile, range: ByteRange | undefined) {
  return range === undefined ? null : resolveRange(key, bytes, range)
}

/** Removes the folders that a deleted file leaves empty. */
async function removeEmpty(folder: string, root: string): Promise<void> {
  for (let empty = folder; empty !== root; empty = path.dirname(empty)) {
    // Whatever is in it, or wants to be, keeps it.
    const removed = await rmdir(empty).then(
      () => true,
      () => false,
    )
    if (!removed) return
  }
}
