import path from 'node:path'
import { prepareRender, type Workshop } from '@flatrender/engine-render'
import type { Lottie, MediaInfo, TemplatePackage } from '@flatrender/engine-scene'
import { chooseFrames } from './choose-frames.ts'
import { describeMedia } from './describe-media.ts'
import { templatesFolder } from './list-templates.ts'
import type { PictureSources } from './provide-pictures.ts'

/** One Lottie of a story as Node compiles it, and what to look at. */
export interface PreparedPiece {
  readonly name: string
  readonly lottie: Lottie
  /** The very JSON that a render paints, and its SHA-256. */
  readonly json: string
  readonly hash: string
  /** Frames of the composition, fit for painting. */
  readonly frames: readonly number[]
}

/** A story as Node compiles it. */
export interface PreparedStory {
  readonly pieces: readonly PreparedPiece[]
  readonly media: readonly (readonly [src: string, info: MediaInfo])[]
  readonly pictures: PictureSources
}

/** Compiles a story for rendering as an MP4, exactly as `flatrender render` does. */
export async function prepareStory(
  name: string,
  template: TemplatePackage,
  modifications: unknown,
  format: string,
  workshop: Workshop,
): Promise<PreparedStory> {
  const mediaFolder = path.join(templatesFolder, name, 'data')
  const request = { template, modifications, mediaFolder, format, output: { container: 'mp4' } as const }
  const { plan, lotties, files, fileOfHash } = await prepareRender(request, workshop)
  const pieces = plan.pieces.map(({ name, lottie: hash, step }, index) => {
    const segments = plan.segments.filter(({ piece }) => piece === index)
    const snapshot = template.manifest.scenes.find(({ id }) => id === name)?.snapshotFrame
    const chosen = chooseFrames({
      from: Math.min(...segments.map(({ from }) => from)),
      to: Math.max(...segments.map(({ to }) => to)),
      ...(snapshot !== undefined && { snapshot: snapshot / step }),
    })
    return { name, hash, ...lotties.get(hash)!, frames: chosen.map((frame) => frame * step) }
  })
  const media = await describeMedia(template, modifications, mediaFolder, fileOfHash)
  return { pieces, media, pictures: { files, fileOfHash } }
}
