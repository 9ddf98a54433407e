import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'

/** What can be made again is kept for so long after its last use; milliseconds. */
const KEPT = 7 * 24 * 3_600_000

/** Removes the files of a folder that nobody used for a week, forgotten temporary ones among them. */
export async function sweepUnused(folder: string): Promise<void> {
  const oldest = Date.now() - KEPT
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name)
    const info = await stat(file).catch(() => undefined)
    if (info?.isFile() === true && info.mtimeMs < oldest) await rm(file, { force: true })
  }
}
