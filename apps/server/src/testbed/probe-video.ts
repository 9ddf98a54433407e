import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { probeMedia } from '@flatrender/engine-media'

/** What the engine finds a video to be, whose bytes are put into a folder for that. */
export async function probeVideo(folder: string, video: Uint8Array) {
  const file = path.join(folder, 'probed.mp4')
  await writeFile(file, video)
  return probeMedia(file)
}
