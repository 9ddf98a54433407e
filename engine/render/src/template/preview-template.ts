import { composeSheet } from '@flatrender/engine-media'
import { openParts } from '@flatrender/engine-scene'
import { openRequest, type StoryRequest } from '../prepare/open-request.ts'
import { paintPixels } from '../snapshot.ts'
import type { Workshop } from '../workspace/workshop.ts'

/** How a contact sheet is wanted. */
export interface PreviewChoice {
  /** Width of one picture, pixels. */
  readonly tileWidth: number
  /** Moments of every scene, as shares of its length; absent: its snapshot frame alone. */
  readonly moments?: readonly number[]
}

/** A contact sheet, and what its pictures show, row by row. */
export interface Preview {
  readonly png: Buffer
  readonly columns: number
  readonly pictures: readonly { readonly scene: string; readonly seconds: number }[]
}

/** A sheet is about as wide as high in pixels, but never wider than so many pictures. */
const MOST_COLUMNS = 8

/** Paints every scene of a story at its best moment, or at several, into one PNG. Errors: those of `openRequest`. */
export async function previewTemplate(
  request: StoryRequest,
  choice: PreviewChoice,
  workshop: Workshop,
): Promise<Preview> {
  const { parts, media } = await openRequest(request, workshop)
  const opened = openParts(parts)
  const { timeline } = opened
  const width = choice.tileWidth
  const height = Math.round((width * opened.height) / opened.width)
  const buffers: Buffer[] = []
  const pictures: { scene: string; seconds: number }[] = []
  for (const [index, piece] of timeline.pieces.entries()) {
    if (piece.kind !== 'scene') continue
    const { lottie, step, name } = opened.compilePiece(index)
    const { frames, resolved } = timeline.scenes[piece.scene]!
    const best = Math.min(frames - 1, Math.round(resolved.scene.snapshotFrame / step))
    const moments = choice.moments?.map((share) => Math.round(share * (frames - 1))) ?? [best]
    for (const frame of moments) {
      const source = {
        lottie,
        frame: frame * step,
        fileOfHash: media.fileOfHash,
        files: request.template.files,
      }
      buffers.push(await paintPixels(source, { width, height, background: '#000000' }, workshop))
      pictures.push({ scene: name, seconds: (frame * timeline.fps.den) / timeline.fps.num })
    }
  }
  const perRow = choice.moments?.length ?? Math.ceil(Math.sqrt((buffers.length * height) / width))
  const columns = Math.min(MOST_COLUMNS, buffers.length, Math.max(1, perRow))
  return { png: await composeSheet(buffers, { width, height, columns }), columns, pictures }
}
