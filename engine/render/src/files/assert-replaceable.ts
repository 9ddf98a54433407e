import { readdir, stat } from 'node:fs/promises'
import type { Container } from '@flatrender/contracts/engine'
import { FlatRenderError } from '@flatrender/contracts/errors'

/** What `nameFrameFile` gives. */
const FRAME_FILE = /^frame-\d{6,}\.png$/

/**
 * Refuses an output in whose place something else lies: a folder where a file is to be, or for numbered pictures a
 * file, or a folder that holds more than an earlier render's pictures. Errors: OUTPUT_UNWRITABLE.
 */
export async function assertReplaceable(output: string, container: Container): Promise<void> {
  const info = await stat(output).catch(() => undefined)
  if (info === undefined) return
  const refuse = (reason: string) => new FlatRenderError('OUTPUT_UNWRITABLE', { file: output, reason })
  if (container !== 'png') {
    if (info.isDirectory()) throw refuse('it is a folder')
    if (!info.isFile()) throw refuse('it is no plain file')
    return
  }
  if (!info.isDirectory()) throw refuse('numbered pictures need a folder, and it is a file')
  const foreign = (await readdir(output)).find((name) => !FRAME_FILE.test(name))
  if (foreign !== undefined) throw refuse(`the folder holds other files, such as ${foreign}`)
}
