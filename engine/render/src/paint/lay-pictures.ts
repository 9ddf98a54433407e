import { mkdtemp, rm, symlink } from 'node:fs/promises'
import path from 'node:path'
import { type Lottie, parseAssetName } from '@flatrender/engine-scene'
import type { PaintOrder } from './paint-order.ts'
import { writeVideoFrames } from './write-video-frames.ts'

/** The Lottie as this segment needs it, and a folder where all its pictures lie. */
export interface LaidPictures {
  readonly lottie: string
  readonly folder: string
  remove(): Promise<void>
}

/**
 * Lays out the pictures of a segment. Of videos, the frames that these output frames show are decoded, and the
 * others' layers left out: Skottie opens every picture when it loads.
 */
export async function layPictures(json: string, order: PaintOrder): Promise<LaidPictures> {
  if (Object.keys(order.videos).length === 0)
    return { lottie: json, folder: order.pictures, remove: async () => {} }
  const folder = await mkdtemp(path.join(order.scratch, 'frames-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const lottie = JSON.parse(json) as Lottie
    for (const { p = '' } of lottie.assets ?? []) {
      const name = parseAssetName(p)
      if (name !== undefined && name.kind !== 'frame')
        await symlink(path.join(order.pictures, p), path.join(folder, p))
    }
    const trimmed = await writeVideoFrames(lottie, order, folder)
    return { lottie: JSON.stringify(trimmed), folder, remove }
  } catch (error) {
    await remove()
    throw error
  }
}
