import { openPainter, type Painter } from '@flatrender/engine-media'
import { type Lottie, parseAssetName } from '@flatrender/engine-scene'
import { collectGarbage } from './collect-garbage.ts'
import { keepPainter } from './keep-tools.ts'
import { type LaidPictures, layPictures } from './lay-pictures.ts'
import type { PaintOrder } from './paint-order.ts'
import { openVideoShelf } from './video-shelf.ts'

/**
 * So many bytes of video frames are laid out at once: Skottie holds all pictures of an animation in memory. Loading one
 * costs about 120 ms, so at 1080p this is 10 ms a frame, and a worker takes 570 MB and not 1 GB.
 */
const LAID_BYTES = 100e6

/** Paints the frames of a segment, asked for in rising order. */
export interface SegmentPainter {
  /** An output frame of the piece: premultiplied RGBA. */
  paint(frame: number): Promise<Buffer>
  /** The Lottie that painted the last frame, and where its pictures lie. */
  source(): { readonly lottie: string; readonly folder: string }
  close(): Promise<void>
}

/** Opens it; of videos only as many frames as fit are decoded at a time. Errors: those of laying out and loading. */
export function openSegmentPainter(json: string, order: PaintOrder): SegmentPainter {
  const { settings, background, step, pictures } = order
  const canvas = { width: settings.width, height: settings.height, background }
  const batch = framesAtOnce(json)
  if (batch === undefined) {
    const painter = keepPainter({ lottie: json, ...canvas, resourcePath: pictures })
    return {
      paint: async (frame) => painter.paint(frame * step),
      source: () => ({ lottie: json, folder: pictures }),
      close: async () => {},
    }
  }
  const videos = openVideoShelf(order.videos)
  let laid: LaidPictures | undefined
  let painter: Painter | undefined
  let end = Number.NEGATIVE_INFINITY
  const release = async () => {
    painter = undefined
    // The animation and its pictures are native: they go with the object that holds them, and that is old by now.
    collectGarbage()
    await laid?.remove()
    laid = undefined
  }
  return {
    async paint(frame) {
      if (painter === undefined || frame >= end) {
        await release()
        end = Math.min(order.to, frame + batch)
        const frames = Array.from({ length: end - frame }, (_, index) => (frame + index) * step)
        laid = await layPictures(json, { ...order, videos, frames })
        painter = openPainter({ lottie: laid.lottie, ...canvas, resourcePath: laid.folder })
      }
      return painter.paint(frame * step)
    },
    source: () => ({ lottie: laid?.lottie ?? json, folder: laid?.folder ?? pictures }),
    async close() {
      await release()
      await videos.close()
    },
  }
}

/** Output frames whose video frames fit; undefined if no video shows. */
function framesAtOnce(json: string): number | undefined {
  if (!json.includes('.frame"')) return undefined
  const bytes = new Map<string, number>()
  for (const { p = '', w = 0, h = 0 } of (JSON.parse(json) as Lottie).assets ?? []) {
    const name = parseAssetName(p)
    if (name?.kind === 'frame') bytes.set(name.hash, w * h * 4)
  }
  const together = [...bytes.values()].reduce((sum, one) => sum + one, 0)
  return Math.max(1, Math.floor(LAID_BYTES / Math.max(1, together)))
}
