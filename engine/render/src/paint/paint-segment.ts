import { setImmediate } from 'node:timers/promises'
import type { SlotCheck } from '@flatrender/contracts/engine'
import { type Encoder, openEncoder, type Thumbprint, takeThumbprint } from '@flatrender/engine-media'
import { writeSegment } from '../cache/segment-file.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import { packThumbprints } from '../verify/known-pictures.ts'
import { verifyPictures } from '../verify/verify-pictures.ts'
import { hashFrame } from './hash-frame.ts'
import { isPaintedAlone } from './is-painted-alone.ts'
import { keepConverter, keepLottie } from './keep-tools.ts'
import { openSegmentPainter } from './open-segment-painter.ts'
import type { PaintOrder, PaintResult } from './paint-order.ts'
import { hasInk, isGroundFlat } from './see-slot.ts'

/** Frames between two looks at the process's memory. */
const MEMORY_INTERVAL = 4

/**
 * Paints, checks and encodes one segment, and leaves it under its key only if nothing is wrong with it. `onFrame` is
 * called with every frame done: who waits knows by it that this process isn't stuck.
 */
export async function paintSegment(
  order: PaintOrder,
  onFrame: (frame: number, rss: number) => void,
): Promise<PaintResult> {
  const { settings, from, to, step } = order
  const { width, height } = settings
  const json = keepLottie(order.lottieFile)
  const edges = settings.codec === 'gif' ? 'hard' : 'soft'
  const painter = openSegmentPainter(json, order)
  const converter = keepConverter(settings)
  let encoding: Promise<void> | undefined
  let encoder: Encoder | undefined
  try {
    if (order.output !== undefined) encoder = openEncoder(settings)
    const frameHashes: string[] = []
    const prints = new Map<number, Thumbprint>()
    const unseen: SlotCheck[] = []
    let peakRss = 0
    let frame: ReturnType<typeof converter.convert> | undefined
    for (let index = from; index < to; index++) {
      if (frame === undefined || !isStill(order, index)) {
        const pixels = await painter.paint(index)
        const end = endOfStill(order, index)
        const checks = order.checks.filter((check) => check.frame >= index && check.frame < end)
        const alone = () => ({ ...painter.source(), time: index * step, width, height })
        unseen.push(
          ...checks.filter((check) => !isSeen(check, pixels, settings) && !isPaintedAlone(check, alone())),
        )
        frame = converter.convert(pixels)
      }
      if (order.hashFrames) frameHashes.push(hashFrame(frame))
      if (encoder !== undefined) {
        // A segment's first frame is a key frame; others are where the encoder sees a cut, and go unwatched by default.
        if (order.verify === 'full' || index === from) prints.set(index - from, takeThumbprint(frame, edges))
        await encoding
        encoding = encoder.encode(frame, index - from)
        // Awaited before the encoder is asked again; until then a failure must not count as unhandled.
        encoding.catch(() => {})
      }
      // Native memory is freed between turns of the event loop: without a turn, pictures pile up.
      await setImmediate()
      if ((index - from) % MEMORY_INTERVAL === 0) peakRss = Math.max(peakRss, process.memoryUsage.rss())
      onFrame(index, peakRss)
    }
    const result = {
      frames: to - from,
      unseen,
      peakRss,
      ...(order.hashFrames && { frameHashes }),
    }
    // What fails its check is not kept: from the cache it would pass unchecked the next time.
    if (encoder === undefined || order.output === undefined || unseen.length > 0) return result
    await encoding
    const stream = await encoder.finish()
    const fault = verifyPictures(stream, prints, order.verify)
    if (fault !== undefined) return { ...result, fault }
    const manifest = {
      key: order.key,
      frames: to - from,
      thumbprints: packThumbprints(prints),
      ...(order.hashFrames && { frameHashes }),
    }
    await writeFileAtomically(order.output, writeSegment({ manifest, stream }), order.scratch)
    return result
  } finally {
    await Promise.allSettled([encoding])
    encoder?.close()
    await painter.close()
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

/**
 * Words on one colour show by themselves. Of words over anything else, and of a picture, nobody can say in the whole
 * frame: they are looked at alone.
 */
function isSeen(
  { kind, box }: SlotCheck,
  pixels: Buffer,
  { width, height }: PaintOrder['settings'],
): boolean {
  if (kind !== 'text') return false
  return isGroundFlat(pixels, width, height, box) && hasInk(pixels, width, height, box)
}
