import { readFile } from 'node:fs/promises'
import { encodeStill, openPainter } from '@flatrender/engine-media'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import { layPictures } from '../paint/lay-pictures.ts'
import { openVideoShelf } from '../paint/video-shelf.ts'
import type { StillOrder, WorkResult } from './work.ts'

/** Paints a moment and leaves it as a picture. Errors: those of decoding, painting and writing. */
export async function paintStill(order: StillOrder): Promise<WorkResult<'still'>> {
  const { width, height, format, output, scratch } = order
  const pixels = await paintPixels(await readFile(order.lottieFile, 'utf8'), order)
  const data = format === 'pixels' ? pixels : await encodeStill(pixels, width, height, format)
  await writeFileAtomically(output, data, scratch)
  return { width, height }
}

/** A moment's pixels: premultiplied RGBA, width × height × 4 bytes. */
export async function paintPixels(
  json: string,
  order: Omit<StillOrder, 'lottieFile' | 'format' | 'output'>,
): Promise<Buffer> {
  const { frame, width, height, background, pictures, scratch } = order
  const videos = openVideoShelf(order.videos)
  try {
    const laid = await layPictures(json, { pictures, scratch, videos, frames: [frame] })
    try {
      const { lottie, folder } = laid
      return openPainter({ lottie, width, height, background, resourcePath: folder }).paint(frame)
    } finally {
      await laid.remove()
    }
  } finally {
    await videos.close()
  }
}
