import { randomBytes } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { waitForDrain } from './wait-for-drain.ts'

/** Takes bytes, no faster than the disk does. */
export type Write = (bytes: Buffer) => Promise<void>

/** What a disk answers when it takes no more. */
const DISK_CODES = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EROFS'])

/**
 * Writes a zipped file that its owner alone may read, under another name until it is whole and on disk. A file that is there
 * is replaced then and not before. Errors: OUTPUT_FOLDER_MISSING, OUTPUT_UNWRITABLE, those of the work.
 */
export async function writeFile(
  file: string,
  work: (write: Write) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const unfinished = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`
  const handle = await create(file, unfinished)
  try {
    await zipInto(handle, work, signal)
    await rename(unfinished, file)
  } catch (error) {
    await handle.close()
    await rm(unfinished, { force: true })
    signal?.throwIfAborted()
    const { code = '', syscall } = error as NodeJS.ErrnoException
    throw DISK_CODES.has(code) || syscall === 'rename' ? unwritable(file, error as Error) : error
  }
}

async function zipInto(handle: FileHandle, work: (write: Write) => Promise<void>, signal?: AbortSignal) {
  const zip = createGzip()
  const written = pipeline(zip, handle.createWriteStream({ flush: true }), { signal })
  // It is asked for below, perhaps later than it fails.
  written.catch(() => {})
  try {
    await work(async (bytes) => {
      if (zip.destroyed) await written
      if (!zip.write(bytes)) await waitForDrain(zip)
    })
    zip.end()
    await written
  } finally {
    zip.destroy()
    await written.catch(() => {})
  }
}

async function create(file: string, unfinished: string): Promise<FileHandle> {
  try {
    return await open(unfinished, 'wx', 0o600)
  } catch (error) {
    throw unwritable(file, error as Error)
  }
}

function unwritable(file: string, cause: Error & { code?: string }): FlatRenderError {
  return cause.code === 'ENOENT'
    ? new FlatRenderError('OUTPUT_FOLDER_MISSING', { folder: path.dirname(file) }, { cause })
    : new FlatRenderError('OUTPUT_UNWRITABLE', { file, reason: cause.message }, { cause })
}
