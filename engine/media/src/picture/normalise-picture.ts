import { readFile } from 'node:fs/promises'
import { requireFile } from '../ffmpeg/open-input.ts'
import { sniffSvg } from '../probe/sniff-svg.ts'
import { encodeFrameImage, type FrameImage } from './encode-frame-image.ts'
import { openPicture, readPictureHeader, translatePictureError } from './open-picture.ts'

/** How large a picture may stay. */
export interface NormaliseOptions {
  /** Longest side of the result in pixels. Larger pictures shrink; an SVG is drawn at this size, at most 2,048. */
  readonly maxSide: number
}

/**
 * Drawings are logos and icons: at four times the pixels each frame would cost four times as much to read, and show
 * no more.
 */
const MAX_VECTOR_SIDE = 2048

/** A picture ready for the painter. */
export interface NormalisedPicture extends FrameImage {
  readonly width: number
  readonly height: number
}

/**
 * Any picture → upright, straight-alpha sRGB pixels in the format that Skottie reads fastest. First frame of an
 * animation; EXIF orientation and colour profiles applied. The same file gives the same bytes.
 * @throws FlatRenderError MEDIA_NOT_FOUND, MEDIA_UNREADABLE or MEDIA_TOO_LARGE.
 */
export async function normalisePicture(
  file: string,
  { maxSide }: NormaliseOptions,
): Promise<NormalisedPicture> {
  await requireFile(file)
  const contents = await readFile(file)
  try {
    const { width, height } = await readPictureHeader(contents, file)
    // An SVG is drawn at the wanted size, not enlarged afterwards. 72 dots an inch is its own size.
    const vector = sniffSvg(contents.subarray(0, 65_536))
    const side = vector ? Math.min(maxSide, MAX_VECTOR_SIDE) : maxSide
    const density = Math.min(10_000, Math.max(1, (72 * side) / Math.max(width, height)))
    const { data, info } = await openPicture(contents, vector ? density : undefined)
      .rotate()
      .resize(side, side, { fit: 'inside', withoutEnlargement: !vector })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    return { ...encodeFrameImage(data, info.width, info.height), width: info.width, height: info.height }
  } catch (error) {
    throw translatePictureError(error, file)
  }
}
