import type { NodeResult, ProbeOrder, SnapshotOrder, ThumbnailOrder } from '@flatrender/contracts/node'
import { nameProbed } from '../media/name-probed.ts'
import { layOutOrder } from './lay-out-order.ts'
import { describeFile, inputFile, type OrderRoom } from './order-room.ts'

/** Paints one frame. Errors: those of media and painting. */
export async function runSnapshot(order: SnapshotOrder, room: OrderRoom): Promise<NodeResult> {
  const { pool, scratch, signal } = room
  const { frame, width, height, background, format } = order
  const output = room.outputs[0]!
  const laid = await layOutOrder(order, room)
  const wanted = { frame, width, height, background, format, scratch, output }
  const size = await pool.run({ kind: 'still', ...laid, ...wanted }, { signal })
  return { kind: 'snapshot', ...(await describeFile(output)), ...size }
}

/** Says what a file is. Errors: those of probing. */
export async function runProbe({ media }: ProbeOrder, room: OrderRoom): Promise<NodeResult> {
  const file = inputFile(room, media.hash)
  const probed = await room.pool.run({ kind: 'probe', file }, { signal: room.signal })
  return { kind: 'probe', info: nameProbed(probed, media.hash) }
}

/** Takes a small picture of a file. Errors: those of probing and decoding. */
export async function runThumbnail(order: ThumbnailOrder, room: OrderRoom): Promise<NodeResult> {
  const { seconds, maxSide, format } = order
  const output = room.outputs[0]!
  const file = inputFile(room, order.media.hash)
  const wanted = { kind: 'thumbnail', file, seconds, maxSide, format, output } as const
  const size = await room.pool.run(wanted, { signal: room.signal })
  return { kind: 'thumbnail', ...(await describeFile(output)), ...size }
}
