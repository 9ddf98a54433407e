import { copyFile, writeFile } from 'node:fs/promises'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { NodeResult, SoundOrder } from '@flatrender/contracts/node'
import { sha256Hex } from '@flatrender/engine-scene'
import { extractPackaged } from '../media/gather-media.ts'
import { renderSound } from '../sound/render-sound.ts'
import { describeFile, inputFile, type OrderRoom } from './order-room.ts'

/** What is left of a sound in which there is nothing to hear. */
export const SILENCE = 'silence\n'

/** Mixes a timeline's sound, and leaves it in a segment's form. Errors: those of mixing, MEDIA_NOT_FOUND. */
export async function runSound(order: SoundOrder, room: OrderRoom): Promise<NodeResult> {
  const { workspace, pool, scratch, signal } = room
  const { plan, container, engine } = order
  const files = await locateTracks(order, room)
  const { file } = await renderSound({ plan, files }, { container, engine, workspace, pool, scratch, signal })
  const output = room.outputs[0]!
  if (file === undefined) await writeFile(output, SILENCE)
  else await copyFile(file, output)
  return { kind: 'sound', ...(await describeFile(output)) }
}

/** People's sounds are inputs; the others lie in the template's package. */
async function locateTracks(
  { plan, template, media }: SoundOrder,
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
