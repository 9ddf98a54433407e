import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { encodeStill } from '@flatrender/engine-media'

/** How much stronger differences are shown than they are. */
const GAIN = 8

/** Writes two opaque pictures and their difference side by side, as PNG, for a person to look at. */
export async function writeContactSheet(
  file: string,
  one: Uint8Array,
  other: Uint8Array,
  width: number,
  height: number,
): Promise<void> {
  const sheet = Buffer.alloc(width * 3 * height * 4, 255)
  for (let at = 0; at < width * height * 4; at++) {
    if (at % 4 === 3) continue
    const row = Math.floor(at / (width * 4))
    const to = at + row * width * 8
    sheet[to] = one[at]!
    sheet[to + width * 4] = other[at]!
    sheet[to + width * 8] = Math.min(255, Math.abs(one[at]! - other[at]!) * GAIN)
  }
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, await encodeStill(sheet, width * 3, height, 'png'))
}
