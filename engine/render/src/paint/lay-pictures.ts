import { copyFile, link, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { type Lottie, parseAssetName } from '@flatrender/engine-scene'
import { writeFailure } from '../files/write-failure.ts'
import type { VideoShelf } from './video-shelf.ts'
import { writeVideoFrames } from './write-video-frames.ts'

/** What is to be painted, as far as pictures go. */
export interface PictureNeeds {
  /** Frames of the Lottie's own time. */
  readonly frames: readonly number[]
  /** Folder with the pictures that the Lottie names. */
  readonly pictures: string
  readonly videos: VideoShelf
  /** For temporary files. */
  readonly scratch: string
}

/** The Lottie as these frames need it, and a folder where all its pictures lie. */
export interface LaidPictures {
  readonly lottie: string
  readonly folder: string
  remove(): Promise<void>
}

/**
 * Lays out the pictures of some frames. Of videos, the frames that show then are decoded, and the
 * others' layers left out: Skottie opens every picture when it loads. Errors: OUTPUT_DISK_FULL, those of decoding.
 */
export async function layPictures(json: string, needs: PictureNeeds): Promise<LaidPictures> {
  if (!json.includes('.frame"')) return { lottie: json, folder: needs.pictures, remove: async () => {} }
  const folder = await mkdtemp(path.join(needs.scratch, 'frames-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const lottie = JSON.parse(json) as Lottie
    // Both scenes of a transition may show the same picture.
    const names = new Set((lottie.assets ?? []).flatMap(({ p }) => p ?? []))
    for (const name of names) {
      const parsed = parseAssetName(name)
      if (parsed !== undefined && parsed.kind !== 'frame')
        await layFile(path.join(needs.pictures, name), path.join(folder, name))
    }
    const trimmed = await writeVideoFrames(lottie, needs, folder)
    return { lottie: JSON.stringify(trimmed), folder, remove }
  } catch (error) {
    await remove()
    throw writeFailure(error, folder)
  }
}

/** A second name for the same file; a copy where the file system knows no such thing. */
async function layFile(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to))
}
