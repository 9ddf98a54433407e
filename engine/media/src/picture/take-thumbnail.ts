import { readFile } from 'node:fs/promises'
import { FlatRenderError } from '@flatrender/contracts/errors'
import sharp, { type Sharp } from 'sharp'
import { probeMedia } from '../probe/probe-media.ts'
import { openVideoReader } from '../video/open-video-reader.ts'
import type { StillFormat } from './encode-still.ts'
import { openPicture, readPictureHeader, translatePictureError } from './open-picture.ts'

/** How a thumbnail is wanted. */
export interface ThumbnailOptions {
  /** Moment of a video; its last picture if it is shorter. */
  readonly seconds: number
  /** Pixels that neither side exceeds. */
  readonly maxSide: number
  readonly format: StillFormat
}

/** A small picture as a file in memory, and its size in pixels. */
export interface Thumbnail {
  readonly data: Buffer
  readonly width: number
  readonly height: number
}

/**
 * A small picture of a picture or of a moment of a video; never larger than that is.
 * @throws FlatRenderError MEDIA_KIND_WRONG for a sound, and what probing and decoding say.
 */
export async function takeThumbnail(file: string, options: ThumbnailOptions): Promise<Thumbnail> {
  const { kind } = await probeMedia(file)
  if (kind === 'audio')
    throw new FlatRenderError('MEDIA_KIND_WRONG', { file, found: 'a sound', wanted: 'a picture or a video' })
  try {
    const image = kind === 'image' ? await openUpright(file) : await openMoment(file, options.seconds)
    return await shrink(image, options)
  } catch (error) {
    throw translatePictureError(error, file)
  }
}

async function openUpright(file: string): Promise<Sharp> {
  const contents = await readFile(file)
  await readPictureHeader(contents, file)
  return openPicture(contents).rotate().toColourspace('srgb')
}

async function openMoment(file: string, seconds: number): Promise<Sharp> {
  const reader = await openVideoReader(file)
  try {
    const { width, height } = reader
    const pixels = Buffer.from(await reader.frameAt(seconds))
    return sharp(pixels, { raw: { width, height, channels: 4 } })
  } finally {
    await reader.close()
  }
}

async function shrink(image: Sharp, { maxSide, format }: ThumbnailOptions): Promise<Thumbnail> {
  const small = image.resize(maxSide, maxSide, { fit: 'inside', withoutEnlargement: true })
  const { data, info } = await (format === 'jpeg' ? small.flatten({ background: '#ffffff' }) : small)
    .toFormat(format)
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}
