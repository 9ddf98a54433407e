import { readFile } from 'node:fs/promises'
import { openPicture, readPictureHeader, translatePictureError } from '../picture/open-picture.ts'
import type { MediaInfo } from './media-info.ts'

/** Reads a picture's header, refuses what is too large, then decodes it once to see that it can be. */
export async function probePicture(file: string, format: string): Promise<MediaInfo> {
  const contents = await readFile(file)
  try {
    const header = await readPictureHeader(contents, file)
    await openPicture(contents).resize(16, 16, { fit: 'inside' }).raw().toBuffer()
    const onItsSide = header.orientation >= 5
    return {
      kind: 'image',
      format,
      width: onItsSide ? header.height : header.width,
      height: onItsSide ? header.width : header.height,
      seconds: 0,
      hasAudio: false,
      hasAlpha: header.hasAlpha,
    }
  } catch (error) {
    throw translatePictureError(error, file)
  }
}
