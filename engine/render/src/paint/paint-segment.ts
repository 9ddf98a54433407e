import { readFile } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import {
  createFrameConverter,
  openEncoder,
  openPainter,
  type Thumbprint,
  takeThumbprint,
} from '@flatrender/engine-media'
import { writeSegment } from '../cache/segment-file.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import type { SlotCheck } from '../plan/plan.ts'
import { verifyPictures } from '../verify/verify-pictures.ts'
import { collectGarbage } from './collect-garbage.ts'
import { hashFrame } from './hash-frame.ts'
import { isolateLayer } from './isolate-layer.ts'
import { layPictures } from './lay-pictures.ts'
import type { PaintOrder, PaintResult } from './paint-order.ts'
import { isSlotSeen } from './see-slot.ts'

/** Frames between two looks at the process's memory. */
const MEMORY_INTERVAL = 16

/**
 * Paints, checks and encodes one segment, and leaves it under its key only if nothing is wrong with it. `onFrame` is
 * called with every frame done: who waits knows by it that this process isn't stuck.
 */
export async function paintSegment(
  order: PaintOrder,
  onFrame: (frame: number, rss: number) => void,
): Promise<PaintResult> {
  const { settings, from, to, step, background } = order
  const { width, height } = settings
  const json = await readFile(order.lottieFile, 'utf8')
  const frames = Array.from({ length: to - from }, (_, index) => (from + index) * step)
  const pictures = await layPictures(json, { ...order, frames })
  const converter = createFrameConverter(settings)
  const encoder = order.output === undefined ? undefined : openEncoder(settings)
  try {
    const painter = openPainter({
      lottie: pictures.lottie,
      width,
      height,
      background,
      resourcePath: pictures.folder,
    })
    const frameHashes: string[] = []
    const prints = new Map<number, Thumbprint>()
    const unseen: SlotCheck[] = []
    let peakRss = 0
    let frame: ReturnType<typeof converter.convert> | undefined
    for (let index = from; index < to; index++) {
      if (frame === undefined || !isStill(order, index)) {
        const pixels = painter.paint(index * step)
        const end = endOfStill(order, index)
        unseen.push(
          ...order.checks.filter(
            (check) => check.frame >= index && check.frame < end && !isSlotSeen(pixels, width, height, check),
          ),
        )
        frame = converter.convert(pixels)
      }
      if (order.hashFrames) frameHashes.push(hashFrame(frame))
      if (encoder !== undefined) {
        prints.set(index - from, takeThumbprint(frame))
        encoder.encode(frame, index - from)
      }
      collectGarbage()
      // Native finalisers run between turns of the event loop: without a turn, frames pile up.
      await setImmediate()
      if ((index - from) % MEMORY_INTERVAL === 0) peakRss = Math.max(peakRss, process.memoryUsage.rss())
      onFrame(index, peakRss)
    }
    const missed = unseen.filter((check) => !isPaintedAlone(check, order, pictures))
    const result = {
      frames: to - from,
      unseen: missed,
      peakRss,
      ...(order.hashFrames && { frameHashes }),
    }
    // What fails its check is not kept: from the cache it would pass unchecked the next time.
    if (encoder === undefined || order.output === undefined || missed.length > 0) return result
    const stream = encoder.finish()
    const fault = verifyPictures(stream, prints, order.verify)
    if (fault !== undefined) return { ...result, fault }
    const keys = stream.packets.filter(({ key }) => key).map(({ pts }) => [pts, [...prints.get(pts)!]])
    const manifest = {
      key: order.key,
      frames: to - from,
      thumbprints: Object.fromEntries(keys),
      ...(order.hashFrames && { frameHashes }),
    }
    await writeFileAtomically(order.output, writeSegment({ manifest, stream }), order.scratch)
    return result
  } finally {
    encoder?.close()
    converter.close()
    await pictures.remove()
  }
}

function isStill({ still, from }: PaintOrder, frame: number): boolean {
  return frame > from && still.some(([first, end]) => frame >= first && frame < end)
}

/** One past the last frame that shows the same picture as this one. */
function endOfStill(order: PaintOrder, frame: number): number {
  let end = frame + 1
  while (end < order.to && isStill(order, end)) end++
  return end
}

/** What can't be seen may just lie behind something, as designed: alone, it must leave paint on an empty canvas. */
function isPaintedAlone(
  check: SlotCheck,
  { settings: { width, height }, step }: PaintOrder,
  { lottie, folder }: { readonly lottie: string; readonly folder: string },
): boolean {
  const alone = isolateLayer(JSON.parse(lottie), check.layer)
  const painter = openPainter({
    lottie: JSON.stringify(alone),
    width,
    height,
    background: null,
    resourcePath: folder,
  })
  return isSlotSeen(painter.paint(check.frame * step), width, height, { ...check, kind: 'media' })
}
