import type { MuxOptions } from './mux-options.ts'
import { writeContainer } from './write-container.ts'
import { writeGif } from './write-gif.ts'
import { writePictures } from './write-pictures.ts'
import { writeWebp } from './write-webp.ts'

/**
 * Joins segments without encoding anything again. The same packets give the same bytes: no dates, no random ids.
 * @returns how many frames the video has.
 * @throws FlatRenderError OUTPUT_DISK_FULL, OUTPUT_FOLDER_MISSING or OUTPUT_UNWRITABLE.
 */
export async function muxVideo(options: MuxOptions): Promise<{ readonly frames: number }> {
  switch (options.container) {
    case 'gif':
      return writeGif(options)
    case 'webp':
      return writeWebp(options)
    case 'png':
      return writePictures(options)
    default:
      return writeContainer(options)
  }
}
