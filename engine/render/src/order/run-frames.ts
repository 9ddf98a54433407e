import { readFile } from 'node:fs/promises'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { FramesOrder, NodeResult } from '@flatrender/contracts/node'
import { keyOfSegment } from '@flatrender/engine-scene'
import { hashPackets, readSegment } from '../cache/segment-file.ts'
import { engineBuild } from '../plan/engine-build.ts'
import { writePaintOrder } from '../stage/order-writer.ts'
import type { PictureFault } from '../verify/verify-pictures.ts'
import type { WorkOrder } from '../work/work.ts'
import { type LaidOrder, layOutOrder } from './lay-out-order.ts'
import { describeFile, type OrderRoom } from './order-room.ts'

type Segment = FramesOrder['segments'][number]
type SegmentReport = Extract<NodeResult, { kind: 'frames' }>['segments'][number]

/**
 * Paints an order's segments, each by one worker, several at once where workers stand idle. Frames that come out wrong
 * are painted once more. Errors: SEGMENT_OF_OTHER_BUILD, SEGMENT_UNVERIFIED, SLOT_PAINTED_NOTHING, WORKER_CRASHED, and
 * those of media and painting.
 */
export async function runFrames(order: FramesOrder, room: OrderRoom): Promise<NodeResult> {
  assertKeys(order)
  const laid = await layOutOrder(order, room)
  const failed = new AbortController()
  const signal = AbortSignal.any([room.signal, failed.signal])
  const done = new Map<string, number>()
  const paint = async (segment: Segment, index: number) => {
    const onFrame = (frame: number) => {
      done.set(segment.key, frame - segment.from + 1)
      room.onFrame([...done.values()].reduce((sum, frames) => sum + frames, 0))
    }
    try {
      const repaired = await paintSegment(order, segment, laid, {
        ...room,
        outputs: [room.outputs[index]!],
        signal,
        onFrame,
      })
      onFrame(segment.to - 1)
      return await report(segment, room.outputs[index]!, repaired)
    } catch (error) {
      failed.abort()
      throw error
    }
  }
  const results = await Promise.allSettled(order.segments.map(paint))
  const broken = results
    .filter((result) => result.status === 'rejected')
    .map(({ reason }) => reason as unknown)
  // What failed first made the others end.
  const first = broken.find((reason) => !isCancelled(reason)) ?? broken[0]
  if (first !== undefined) throw first
  const segments = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  return { kind: 'frames', segments }
}

function isCancelled(reason: unknown): boolean {
  return reason instanceof FlatRenderError && reason.code === 'RENDER_CANCELLED'
}

/** A key names the build that paints: under another's, what this one paints would pass for what it isn't. */
function assertKeys({ piece, settings, background, segments }: FramesOrder): void {
  const engine = engineBuild()
  for (const { key, from, to } of segments) {
    const { lottie, step, still } = piece
    if (keyOfSegment({ engine, lottie, step, still, from, to, settings, background }) !== key)
      throw new FlatRenderError('SEGMENT_OF_OTHER_BUILD', { key, build: engine })
  }
}

/** Paints a segment into the one output; the frames that were repaired, counted from its first. */
async function paintSegment(
  { piece, settings, background, verify }: FramesOrder,
  segment: Segment,
  laid: LaidOrder,
  { pool, scratch, outputs, signal, onFrame }: OrderRoom,
): Promise<readonly number[]> {
  const common = { ...laid, settings, background, scratch, verify, hashFrames: false }
  const order: WorkOrder<'paint'> = {
    kind: 'paint',
    ...writePaintOrder(piece, segment, common),
    output: outputs[0]!,
  }
  const paint = () => pool.run(order, { onFrame, signal })
  let painted = await paint()
  const repaired = painted.fault?.frames ?? []
  if (painted.fault !== undefined) painted = await paint()
  if (painted.fault !== undefined) throw wrong(piece.name, segment, painted.fault)
  const [unseen] = painted.unseen
  if (unseen === undefined) return repaired
  const { scene, slot } = unseen
  const frame = segment.start + unseen.frame - segment.from
  throw new FlatRenderError('SLOT_PAINTED_NOTHING', { scene, slot, frame })
}

/** Frames that were wrong twice, counted on the timeline for people, and from the segment's first for repair. */
function wrong(piece: string, { key, start }: Segment, { frames, reason }: PictureFault): FlatRenderError {
  const shown = frames.map((frame) => String(start + frame))
  return new FlatRenderError(
    'SEGMENT_UNVERIFIED',
    { frames: shown, piece, reason },
    { cause: { wrongFrames: [{ key, frames, reason }] } },
  )
}

async function report({ key }: Segment, file: string, repaired: readonly number[]): Promise<SegmentReport> {
  const segment = readSegment(await readFile(file))
  if (segment === undefined) throw new Error(`the segment ${key} was painted, and cannot be read back`)
  const { frames } = segment.manifest
  return {
    key,
    ...(await describeFile(file)),
    frames,
    packets: hashPackets(segment),
    repaired: [...repaired],
  }
}
