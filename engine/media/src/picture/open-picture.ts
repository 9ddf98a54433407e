import { FlatRenderError } from '@flatrender/contracts/errors'
import sharp, { type Sharp } from 'sharp'

/** The most that a picture's header may claim before anything is decoded. */
const largestPictureMegapixels = 100

/**
 * Opens a picture's first frame with sharp. Its contents are loaded by us, so that an SVG has no folder from
 * which it could take other files; librsvg follows no addresses.
 */
export function openPicture(contents: Buffer, density?: number): Sharp {
  return sharp(contents, {
    limitInputPixels: largestPictureMegapixels * 1_000_000,
    failOn: 'error',
    ...(density ? { density } : {}),
  })
}

/** Makes MEDIA_UNREADABLE from what sharp threw; our own errors pass. */
export function translatePictureError(error: unknown, file: string): FlatRenderError {
  if (error instanceof FlatRenderError) return error
  const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? 'unknown'
  return new FlatRenderError('MEDIA_UNREADABLE', { file, reason }, { cause: error })
}

/**
 * Reads a picture's header: pixels of its first frame, before EXIF turns it.
 * @throws FlatRenderError MEDIA_TOO_LARGE when it claims too many of them.
 */
export async function readPictureHeader(contents: Buffer, file: string) {
  const header = await sharp(contents, { limitInputPixels: false }).metadata()
  const { width } = header
  const height = header.pageHeight ?? header.height
  const limit = largestPictureMegapixels
  if (width * height > limit * 1_000_000)
    throw new FlatRenderError('MEDIA_TOO_LARGE', { file, width, height, limit })
  return { width, height, orientation: header.orientation ?? 1, hasAlpha: header.hasAlpha }
}
