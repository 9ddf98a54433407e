import { readFile } from 'node:fs/promises'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { AssembleOrder, NodeResult } from '@flatrender/contracts/node'
import { describeFile, inputFile, type OrderRoom } from './order-room.ts'
import { SILENCE } from './run-sound.ts'

/** Joins the segments with the sound into one file. Errors: SEGMENT_UNVERIFIED. */
export async function runAssemble(order: AssembleOrder, room: OrderRoom): Promise<NodeResult> {
  const { plan } = order
  if (plan.container === 'png') {
    const reason = 'it is a folder, and a farm gives one file'
    throw new FlatRenderError('OUTPUT_SETTINGS_INVALID', { setting: 'container', value: 'png', reason })
  }
  const sound = await locateSound(order, room)
  const segments = Object.fromEntries(order.segments.map(({ key, hash }) => [key, inputFile(room, hash)]))
  const output = room.outputs[0]!
  const wanted = { kind: 'assemble', plan, segments, sound, output } as const
  const { frames } = await room.pool.run(wanted, { signal: room.signal })
  const { num, den } = plan.settings.fps
  return {
    kind: 'assemble',
    ...(await describeFile(output)),
    durationMs: Math.round((frames * den * 1000) / num),
  }
}

/** The file of the mixed sound; null for silence. */
async function locateSound({ sound }: AssembleOrder, room: OrderRoom): Promise<string | null> {
  if (sound === null) return null
  const file = inputFile(room, sound.hash)
  const isSilent = sound.bytes === SILENCE.length && (await readFile(file, 'utf8')) === SILENCE
  return isSilent ? null : file
}
