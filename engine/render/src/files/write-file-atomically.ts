import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { writeFailure } from './write-failure.ts'

/**
 * Writes a file so that others see all of it or nothing: under a temporary name, beside it or in a `scratch` folder of
 * the same file system, then renamed.
 * Errors: OUTPUT_DISK_FULL, OUTPUT_FOLDER_MISSING, OUTPUT_UNWRITABLE.
 */
export async function writeFileAtomically(
  file: string,
  content: string | Uint8Array,
  scratch?: string,
): Promise<void> {
  const unique = `${path.basename(file)}.${randomUUID().slice(0, 8)}.tmp`
  const temporary = path.join(scratch ?? path.dirname(file), unique)
  try {
    const handle = await open(temporary, 'w')
    try {
      await handle.writeFile(content)
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw writeFailure(error, file)
  }
}
