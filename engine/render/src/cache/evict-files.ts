import { readdir, readFile, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { isProcessAlive } from '../files/is-process-alive.ts'
import { claimFile } from './claim-file.ts'

/** Temporary files and claims of dead writers older than this go too; milliseconds. */
const LEFTOVER_AGE = 3_600_000

/** Removes the least recently used segments until the rest fits `limit` bytes; pinned ones never. */
export async function evictFiles(
  folder: string,
  pins: string,
  limit: number,
): Promise<{ removed: number; bytes: number }> {
  const pinned = await readPins(pins)
  const files = await listFiles(folder)
  let bytes = files.reduce((sum, file) => sum + file.size, 0)
  let removed = 0
  for (const { file, size, key } of files.sort((a, b) => a.used - b.used)) {
    if (bytes <= limit) break
    if (pinned.has(key)) continue
    await rm(file, { force: true })
    bytes -= size
    removed++
  }
  return { removed, bytes }
}

async function readPins(pins: string): Promise<Set<string>> {
  const keys = new Set<string>()
  for (const name of await readdir(pins)) {
    const file = path.join(pins, name)
    if (!isProcessAlive(Number(name.split('-')[0]))) {
      await rm(file, { force: true })
      continue
    }
    const content = await readFile(file, 'utf8').catch(() => '')
    for (const key of content.split('\n')) keys.add(key)
  }
  return keys
}

async function listFiles(
  folder: string,
): Promise<{ file: string; key: string; size: number; used: number }[]> {
  const found: { file: string; key: string; size: number; used: number }[] = []
  for (const bucket of await readdir(folder)) {
    if (!/^[0-9a-f]{2}$/.test(bucket)) continue
    for (const name of await readdir(path.join(folder, bucket))) {
      const file = path.join(folder, bucket, name)
      const info = await stat(file).catch(() => undefined)
      if (info === undefined) continue
      if (name.endsWith('.segment')) {
        found.push({ file, key: name.slice(0, -'.segment'.length), size: info.size, used: info.mtimeMs })
      } else if (/\.(tmp|claim|heir)$/.test(name) && Date.now() - info.mtimeMs > LEFTOVER_AGE) {
        await rm(file, { force: true })
      } else if (name.endsWith('.claim')) {
        // Of a process that was killed between its segment and this: nobody asks for it again, as the segment is there.
        await (await claimFile(file))?.release()
      }
    }
  }
  return found
}
