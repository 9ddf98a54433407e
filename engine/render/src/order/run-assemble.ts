import { FlatRenderError } from '@flatrender/contracts/errors'
import type { AssembleOrder, NodeResult } from '@flatrender/contracts/node'
import { sha256Hex } from '@flatrender/engine-scene'
import { extractPackaged } from '../media/gather-media.ts'
import { renderSound } from '../sound/render-sound.ts'
import { describeFile, inputFile, type OrderRoom } from './order-room.ts'

/** Mixes the sound, and joins the segments with it into one file. Errors: SEGMENT_UNVERIFIED, and those of mixing. */
export async function runAssemble(order: AssembleOrder, room: OrderRoom): Promise<NodeResult> {
  const { plan } = order
  if (plan.container === 'png') {
    const reason = 'it is a folder, and a farm gives one file'
    throw new FlatRenderError('OUTPUT_SETTINGS_INVALID', { setting: 'container', value: 'png', reason })
  }
  const sound = await mixSound(order, room)
  const segments = Object.fromEntries(order.segments.map(({ key, hash }) => [key, inputFile(room, hash)]))
  const output = room.outputs[0]!
  const wanted = { kind: 'assemble', plan, segments, sound: sound ?? null, output } as const
  const { frames } = await room.pool.run(wanted, { signal: room.signal })
  const { num, den } = plan.settings.fps
  return {
    kind: 'assemble',
    ...(await describeFile(output)),
    durationMs: Math.round((frames * den * 1000) / num),
  }
}

/** The file of the mixed sound; undefined for silence. */
async function mixSound({ plan, sound }: AssembleOrder, room: OrderRoom): Promise<string | undefined> {
  if (sound === null) return undefined
  const { workspace, pool, scratch, signal } = room
  const files = await locateTracks(sound, room)
  const { container, engine } = plan
  const mixed = await renderSound(
    { plan: sound.plan, files },
    { container, engine, workspace, pool, scratch, signal },
  )
  return mixed.file
}

/** People's sounds are inputs; the others lie in the template's package. */
async function locateTracks(
  { plan, template, media }: NonNullable<AssembleOrder['sound']>,
  room: OrderRoom,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map(media.map(({ hash }) => [hash, inputFile(room, hash)]))
  const lacking = new Set(plan.tracks.map(({ hash }) => hash).filter((hash) => !found.has(hash)))
  if (lacking.size === 0) return found
  const files = await room.templates.take(template, (hash) => inputFile(room, hash))
  for (const [inside, content] of files) {
    const hash = sha256Hex(content)
    if (lacking.delete(hash)) found.set(hash, await extractPackaged(inside, files, room.workspace))
    if (lacking.size === 0) return found
  }
  throw new FlatRenderError('MEDIA_NOT_FOUND', { file: [...lacking].join(', ') })
}
