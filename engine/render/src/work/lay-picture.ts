import { normalisePicture } from '@flatrender/engine-media'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import type { PictureOrder, WorkResult } from './work.ts'

/** Longest side that a person's picture keeps, pixels. */
const MAX_SIDE = 4096

/** Makes a person's picture one that the painter reads. Errors: those of normalising, and of writing. */
export async function layPicture({ file, output }: PictureOrder): Promise<WorkResult<'picture'>> {
  const { data, width, height } = await normalisePicture(file, { maxSide: MAX_SIDE })
  await writeFileAtomically(output, data)
  return { width, height }
}
