import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { FontSource } from '@flatrender/engine-scene'
import { unpackFont } from './unpack-font.ts'

/** What a font is called; its file's own names are not trusted, since subsets lose them. */
export interface FontDescription {
  readonly family: string
  /** `normal` or `italic`. */
  readonly style: string
  /** 1–1000. */
  readonly weight: number
}

/** Reads a TTF, OTF or WOFF2 file. Throws FONT_NOT_FOUND, FONT_UNREADABLE. */
export async function loadFont(path: string, description: FontDescription): Promise<FontSource> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new FlatRenderError('FONT_NOT_FOUND', { file: path }, { cause })
  })
  return readFont(bytes, path, description)
}

/** The same for bytes at hand, such as a file of a template package; `name` is said in errors. */
export async function readFont(
  bytes: Uint8Array,
  name: string,
  description: FontDescription,
): Promise<FontSource> {
  const unpacked = await unpackFont(bytes, name)
  const hash = createHash('sha256').update(unpacked).digest('hex')
  return { bytes: unpacked, hash, ...description }
}
