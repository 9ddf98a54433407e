import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { describeDiskFailure } from './describe-disk-failure.ts'

/**
 * Writes a file that its user alone may read, so that it is there whole or not at all, even after a power cut. Errors:
 * NODE_HOME_UNUSABLE, NODE_DISK_FULL.
 */
export async function writePrivateFile(file: string, content: string): Promise<void> {
  const temporary = `${file}.${randomUUID().slice(0, 8)}.tmp`
  try {
    const handle = await open(temporary, 'wx', 0o600)
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw describeDiskFailure(error, file)
  }
}
