import { readFile } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { createFrameConverter, openEncoder, openPainter } from '@flatrender/engine-media'
import { writeSegment } from '../cache/segment-file.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import { collectGarbage } from './collect-garbage.ts'
import { hashFrame } from './hash-frame.ts'
import { layPictures } from './lay-pictures.ts'
import type { PaintOrder, PaintResult } from './paint-order.ts'
import { isSlotSeen } from './see-slot.ts'

/** Frames between two looks at the process's memory. */
const MEMORY_INTERVAL = 16

/**
 * Paints, checks and encodes one segment, and leaves it under its key. `onFrame` is called with every frame done:
 * who waits knows by it that this process isn't stuck.
 */
export async function paintSegment(
  order: PaintOrder,
  onFrame: (frame: number, rss: number) => void,
): Promise<PaintResult> {
  const { settings, from, to } = order
  const json = await readFile(order.lottieFile, 'utf8')
  const frames = Array.from({ length: to - from }, (_, index) => (from + index) * order.step)
  const pictures = await layPictures(json, { ...order, frames })
  const converter = createFrameConverter(settings)
  const encoder = order.output === undefined ? undefined : openEncoder(settings)
  try {
    const { width, height } = settings
    const { background } = order
    const painter = openPainter({
      lottie: pictures.lottie,
      width,
      height,
      background,
      resourcePath: pictures.folder,
    })
    const hashes: string[] = []
    const thumbprints: Record<string, readonly number[]> = {}
    const unseen = order.checks.filter(({ frame }) => frame >= from && frame < to)
    let peakRss = 0
    let frame: ReturnType<typeof converter.convert> | undefined
    for (let index = from; index < to; index++) {
      if (frame === undefined || !isStill(order, index)) {
        const pixels = painter.paint(index * order.step)
        for (const check of unseen.filter((one) => one.frame === index)) {
          if (isSlotSeen(pixels, width, height, check)) unseen.splice(unseen.indexOf(check), 1)
        }
        frame = converter.convert(pixels)
      }
      if (order.hashFrames) hashes.push(hashFrame(frame))
      encoder?.encode(frame, index - from)
      collectGarbage()
      // Native finalisers run between turns of the event loop: without a turn, frames pile up.
      await setImmediate()
      if ((index - from) % MEMORY_INTERVAL === 0) peakRss = Math.max(peakRss, process.memoryUsage.rss())
      onFrame(index, peakRss)
    }
    const digest = order.hashFrames ? { frameHashes: hashes } : {}
    if (encoder !== undefined && order.output !== undefined) {
      const stream = encoder.finish()
      const manifest = { key: order.key, frames: to - from, thumbprints, ...digest }
      await writeFileAtomically(order.output, writeSegment({ manifest, stream }), order.scratch)
    }
    return { frames: to - from, unseen, peakRss, ...digest }
  } finally {
    encoder?.close()
    converter.close()
    await pictures.remove()
  }
}

function isStill({ still, from }: PaintOrder, frame: number): boolean {
  return frame > from && still.some(([first, end]) => frame >= first && frame < end)
}
