import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { lottiePath } from './bench-files.ts'

interface Animation {
  ip: number
  op: number
  w: number
  h: number
  layers: object[]
  assets: object[]
}

/** Writes an animation that plays the named one again and again for so many frames. Gives its path. */
export async function loopLottie(name: string, frames: number, folder: string): Promise<string> {
  const source = JSON.parse(await readFile(lottiePath(name), 'utf8')) as Animation
  const { w, h, layers, assets } = source
  const length = source.op - source.ip
  const passes = Math.ceil(frames / length)
  const looped = {
    ...source,
    ip: 0,
    op: frames,
    assets: [...assets, { id: 'looped', layers }],
    layers: Array.from({ length: passes }, (_, pass) => {
      const start = pass * length
      return { ty: 0, ind: pass + 1, refId: 'looped', w, h, ip: start, op: start + length, st: start, ks: {} }
    }),
  }
  const file = path.join(folder, `${name}-${frames}.json`)
  await writeFile(file, JSON.stringify(looped))
  return file
}
