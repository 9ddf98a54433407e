import { access, constants, stat } from 'node:fs/promises'
import path from 'node:path'
import { FlatRenderError } from '@flatrender/contracts/errors'

/** Refuses an output that can't be written before hours of work are put into it. Errors: OUTPUT_FOLDER_MISSING, OUTPUT_UNWRITABLE. */
export async function assertOutputFolder(file: string): Promise<void> {
  const folder = path.dirname(path.resolve(file))
  const info = await stat(folder).catch(() => undefined)
  if (info?.isDirectory() !== true) throw new FlatRenderError('OUTPUT_FOLDER_MISSING', { folder })
  await access(folder, constants.W_OK).catch((cause: unknown) => {
    throw new FlatRenderError(
      'OUTPUT_UNWRITABLE',
      { file, reason: 'its folder is write-protected' },
      { cause },
    )
  })
}
