import { type FileHandle, open } from 'node:fs/promises'
import type { StoredFile } from '../storage.ts'

/** What is kept of a file beside its bytes: JSON behind them, its length in four bytes, and these letters at the very end. */
interface Note {
  readonly contentType: string
  readonly sha256: string
}
const MARK = Buffer.from('FRF1')
const TAIL_BYTES = 4 + MARK.length
/** Read at once from the end: nearly every note is shorter. */
const USUAL_BYTES = 256

/** What goes behind a file's bytes: content and what is known of it change together, by one rename. */
export function writeNote(note: Note): Buffer {
  const json = Buffer.from(JSON.stringify(note))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(json.length)
  return Buffer.concat([json, length, MARK])
}

/** The stored file of a key, where it lies on disk, open; undefined where there is none. Who has it closes the handle. */
export async function openStored(
  file: string,
  key: string,
): Promise<{ readonly handle: FileHandle; readonly stored: StoredFile } | undefined> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw error
  })
  if (handle === undefined) return undefined
  try {
    return { handle, stored: { key, ...(await readNote(handle, file)) } }
  } catch (error) {
    await handle.close()
    throw error
  }
}

async function readNote(handle: FileHandle, file: string): Promise<Omit<StoredFile, 'key'>> {
  const { size, mtime } = await handle.stat()
  const end = await readAt(handle, Math.max(0, size - USUAL_BYTES), Math.min(size, USUAL_BYTES))
  const tail = end.subarray(-TAIL_BYTES)
  const length = tail.length === TAIL_BYTES ? tail.readUInt32BE() : 0
  const bytes = size - TAIL_BYTES - length
  if (!tail.subarray(4).equals(MARK) || bytes < 0) throw new Error(`${file} was not written by FlatRender`)
  const isWhole = length + TAIL_BYTES <= end.length
  const json = isWhole ? end.subarray(-TAIL_BYTES - length, -TAIL_BYTES) : await readAt(handle, bytes, length)
  const { contentType, sha256 } = JSON.parse(json.toString()) as Note
  return { contentType, sha256, bytes, etag: `"${sha256}"`, modifiedAt: mtime }
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(length), position })
  return buffer.subarray(0, bytesRead)
}
