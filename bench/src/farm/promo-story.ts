import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Modifications } from '@flatrender/contracts/template'
import { root } from '../engine/bench-files.ts'

/** The starter template that the farm renders. */
export const PROMO = path.join(root, 'templates/product-promo')

/** Seconds by which neighbouring scenes overlap. */
const OVERLAP = 0.4
/** Seconds that a scene lasts, about. */
const SCENE = 6

/**
 * A story of product-promo of so many seconds, with its English sample: pictures, a video and sound. Under another number, up
 * to a thousand, every frame is another, for the background is, and the sound as well.
 */
export async function writeStory(seconds: number, number: number): Promise<Modifications> {
  const text = await readFile(path.join(PROMO, 'data/en.json'), 'utf8')
  // On a farm they are files of the package, wherever it lies.
  const sample = JSON.parse(text.replaceAll('"media/', '"package:data/media/')) as Modifications
  const given = sample.scenes ?? []
  const count = Math.max(2, Math.round(seconds / SCENE))
  const duration = (seconds + OVERLAP * (count - 1)) / count
  const scenes = Array.from({ length: count }, (_, index) => ({ ...given[index % given.length]!, duration }))
  const background = `#${(0xe0_00_00 + number).toString(16)}`
  const sfx = { volume: 1 - number / 2000 }
  return { ...sample, scenes, palette: { colors: { background } }, audio: { ...sample.audio, sfx } }
}
