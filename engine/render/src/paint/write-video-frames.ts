import path from 'node:path'
import { writeFrameImage } from '@flatrender/engine-media'
import { dropVideoFrames, findShownVideoFrames, type Lottie, parseAssetName } from '@flatrender/engine-scene'
import type { VideoShelf } from './video-shelf.ts'

/**
 * Decodes the video frames that these frames show into `folder`, and gives the Lottie without all others.
 * `videos` leads from a video's SHA-256 to its file.
 */
export async function writeVideoFrames(
  lottie: Lottie,
  { frames, videos }: { readonly frames: readonly number[]; readonly videos: VideoShelf },
  folder: string,
): Promise<Lottie> {
  const shown = findShownVideoFrames(lottie, frames)
  for (const [hash, moments] of groupByVideo(shown)) {
    const reader = await videos.take(hash)
    for (const { name, seconds } of moments) {
      const { width, height } = reader
      await writeFrameImage(await reader.frameAt(seconds), width, height, path.join(folder, name))
    }
  }
  return dropVideoFrames(lottie, shown)
}

/** In the order of the source, so that a decoder runs forward. */
function groupByVideo(names: ReadonlySet<string>): Map<string, { name: string; seconds: number }[]> {
  const videos = new Map<string, { name: string; seconds: number }[]>()
  for (const name of names) {
    const parsed = parseAssetName(name)
    if (parsed?.kind !== 'frame') continue
    const moments = videos.get(parsed.hash) ?? []
    moments.push({ name, seconds: parsed.microseconds / 1e6 })
    videos.set(parsed.hash, moments)
  }
  for (const moments of videos.values()) moments.sort((a, b) => a.seconds - b.seconds)
  return videos
}
