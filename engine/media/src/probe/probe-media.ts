import { open } from 'node:fs/promises'
import { fileTypeFromBuffer } from 'file-type'
import { requireFile } from '../ffmpeg/open-input.ts'
import type { MediaInfo } from './media-info.ts'
import { probeContainer } from './probe-container.ts'
import { probePicture } from './probe-picture.ts'
import { sniffSvg } from './sniff-svg.ts'

/**
 * Finds out what a file is, by its contents. A first picture is really decoded: a header proves nothing.
 * @throws FlatRenderError MEDIA_NOT_FOUND, MEDIA_UNREADABLE, MEDIA_TOO_LARGE (pictures, before they are
 * decoded) or MEDIA_WITHOUT_FRAMES.
 */
export async function probeMedia(file: string): Promise<MediaInfo> {
  await requireFile(file)
  const format = await detectFormat(file)
  return isPicture(format) ? probePicture(file, format) : probeContainer(file, format)
}

/** The short name of a file's format, or “unknown”; SVG included. */
async function detectFormat(file: string): Promise<string> {
  const handle = await open(file)
  try {
    const start = Buffer.alloc(65_536)
    const { bytesRead } = await handle.read(start, 0, start.length, 0)
    const bytes = start.subarray(0, bytesRead)
    if (sniffSvg(bytes)) return 'svg'
    return (await fileTypeFromBuffer(bytes))?.ext ?? 'unknown'
  } finally {
    await handle.close()
  }
}

function isPicture(format: string): boolean {
  return /^(svg|jpg|png|apng|gif|webp|avif|heic|heif|tif|tiff|bmp|ico|psd|jxl|jp2|cr2|cr3|nef|arw|dng)$/.test(
    format,
  )
}
