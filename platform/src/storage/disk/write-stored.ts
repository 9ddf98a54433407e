import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { CheckedContent } from '../check-content.ts'
import { writeNote } from './stored-file.ts'
import { nameUnfinishedFile, sweepUnfinishedFiles } from './unfinished-files.ts'

/** What a disk answers when it has no room, and when it takes nothing. */
const FULL = new Set(['ENOSPC', 'EDQUOT'])
const CLOSED = new Set(['EACCES', 'EPERM', 'EROFS', 'EIO', 'ENOENT', 'ENOTDIR', 'EFBIG', 'EISDIR'])
/** A folder may be removed, for it is empty, between its making and the move into it. */
const TRIES = 5

/** Where a file is written, and where it goes when it is whole. */
export interface Target {
  readonly root: string
  readonly unfinished: string
  readonly file: string
  /** Where what came is kept if its way here breaks; nothing is, unless told. */
  readonly part?: string
}

/** Writes a file and what is known of it under another name, waits for the disk, then gives it its own. */
export async function writeStored(
  { root, unfinished, file, part }: Target,
  { bytes, sum, isBroken }: CheckedContent,
  note: { readonly contentType: string },
): Promise<void> {
  const temporary = nameUnfinishedFile(unfinished)
  try {
    const handle = await open(temporary, 'wx', 0o600).catch(tellDisk(root))
    try {
      for await (const chunk of bytes) await writeAll(handle, chunk).catch(tellDisk(root))
      await writeAll(handle, writeNote({ ...note, sha256: sum().sha256 })).catch(tellDisk(root))
      await handle.sync().catch(tellDisk(root))
    } finally {
      await handle.close()
    }
    await moveInto(temporary, file).catch(tellDisk(root))
  } catch (error) {
    if (part === undefined || !isBroken()) await rm(temporary, { force: true })
    else {
      await rename(temporary, part)
      await sweepUnfinishedFiles(unfinished)
    }
    throw error
  }
}

/** Turns a disk's refusal into STORAGE_FULL or STORAGE_UNWRITABLE; anything else goes on as it is. */
export function tellDisk(place: string): (error: NodeJS.ErrnoException) => never {
  return (cause) => {
    const { code = '', message: reason } = cause
    if (FULL.has(code)) throw new FlatRenderError('STORAGE_FULL', { place }, { cause })
    if (CLOSED.has(code)) throw new FlatRenderError('STORAGE_UNWRITABLE', { place, reason }, { cause })
    throw cause
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten
}

/** Moves a file into a folder that may have to be made, and waits for the disk. */
export async function moveInto(from: string, file: string): Promise<void> {
  const folder = path.dirname(file)
  for (let tries = 1; ; tries++) {
    try {
      await mkdir(folder, { recursive: true })
      await rename(from, file)
      return await syncFolder(folder)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || tries >= TRIES) throw error
    }
  }
}

/** A rename survives a power cut once its folder is on disk. Windows can't, and needn't be, asked. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
