import { opendir } from 'node:fs/promises'
import path from 'node:path'
import { encodePart } from '../storage-key.ts'
import { FILE_MARK, keyAt } from './place-of.ts'
import { openStored } from './stored-file.ts'

/** The stored files whose keys begin so, folder by folder; what is deleted meanwhile may be missing. */
export async function* listStored(
  root: string,
  prefix: string,
): AsyncGenerator<{ key: string; bytes: number }> {
  const parts = prefix.split('/').slice(0, -1)
  if (parts.includes('..') || parts.includes('.')) return
  yield* walk(root, path.join(root, ...parts.map(encodePart)), prefix)
}

async function* walk(
  root: string,
  folder: string,
  prefix: string,
): AsyncGenerator<{ key: string; bytes: number }> {
  const entries = await opendir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw error
  })
  for await (const entry of entries ?? []) {
    const place = path.join(folder, entry.name)
    if (entry.isDirectory()) yield* walk(root, place, prefix)
    else if (entry.name.endsWith(FILE_MARK)) {
      const key = keyAt(root, place)
      if (!key.startsWith(prefix)) continue
      const found = await openStored(place, key)
      await found?.handle.close()
      if (found !== undefined) yield { key, bytes: found.stored.bytes }
    }
  }
}
