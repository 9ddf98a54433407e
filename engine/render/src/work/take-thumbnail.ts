import { takeThumbnail as take } from '@flatrender/engine-media'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import type { ThumbnailOrder, WorkResult } from './work.ts'

/** Leaves a small picture of a person's file. Errors: those of probing and decoding; MEDIA_KIND_WRONG for a sound. */
export async function takeThumbnail(order: ThumbnailOrder): Promise<WorkResult<'thumbnail'>> {
  const { data, width, height } = await take(order.file, order)
  await writeFileAtomically(order.output, data)
  return { width, height }
}
