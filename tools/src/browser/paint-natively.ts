import { openPainter } from '@flatrender/engine-media'
import { dropVideoFrames, findShownVideoFrames, type Lottie } from '@flatrender/engine-scene'
import type { PagePainting } from './page/page-contract.ts'
import { type PictureSources, providePictures } from './provide-pictures.ts'

/** Lays out the pictures that a painting needs, for both painters; gives the Lottie without all other video frames. */
export async function readyPainting(
  compiled: Lottie,
  frames: readonly number[],
  folder: string,
  sources: PictureSources,
): Promise<Lottie> {
  const lottie = dropVideoFrames(compiled, findShownVideoFrames(compiled, frames))
  await providePictures(lottie, folder, sources)
  return lottie
}

/** Paints frames as a render does: premultiplied RGBA. */
export function paintNatively(
  lottie: Lottie,
  { frames, width, height, background }: Omit<PagePainting, 'piece'>,
  pictures: string,
): Buffer[] {
  const painter = openPainter({
    lottie: JSON.stringify(lottie),
    width,
    height,
    background,
    resourcePath: pictures,
  })
  return frames.map((frame) => Buffer.from(painter.paint(frame)))
}
