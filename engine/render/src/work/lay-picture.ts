import { normalisePicture } from '@flatrender/engine-media'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import type { PictureOrder, WorkResult } from './work.ts'

/** Makes a person's picture one that the painter reads. Errors: those of normalising, and of writing. */
export async function layPicture({ file, maxSide, output }: PictureOrder): Promise<WorkResult<'picture'>> {
  const { data, width, height } = await normalisePicture(file, { maxSide })
  await writeFileAtomically(output, data)
  return { width, height }
}
