import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { nameUnfinishedFile } from './unfinished-files.ts'

/** Where what came of a file is kept when its way here broke: among the unfinished files, which go after a day. */
export function placeOfPart(unfinished: string, key: string): string {
  return path.join(unfinished, `part-${createHash('sha256').update(key).digest('hex')}`)
}

/** What came of a file, taken by one who goes on with it: nobody else can meanwhile. */
export interface TakenPart {
  readonly bytes: AsyncIterable<Uint8Array>
  /** Removes it: what goes on with it holds its bytes. */
  remove(): Promise<void>
}

/** Takes what came of a file so far. Errors: STORED_PART_DIFFERS where that isn't so many bytes. */
export async function takePart(unfinished: string, key: string, from: number): Promise<TakenPart> {
  const [part, taken] = [placeOfPart(unfinished, key), nameUnfinishedFile(unfinished)]
  if (!(await moves(part, taken))) throw new FlatRenderError('STORED_PART_DIFFERS', { key, bytes: 0 })
  const { size } = await stat(taken)
  if (size !== from) {
    await rename(taken, part)
    throw new FlatRenderError('STORED_PART_DIFFERS', { key, bytes: size })
  }
  return { bytes: read(taken), remove: () => rm(taken, { force: true }) }
}

/** Opened when it is wanted. */
async function* read(file: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(file)
}

/** How many bytes are kept of a file that is on its way. */
export async function partBytes(unfinished: string, key: string): Promise<number> {
  return stat(placeOfPart(unfinished, key)).then(
    ({ size }) => size,
    () => 0,
  )
}

async function moves(from: string, to: string): Promise<boolean> {
  return rename(from, to).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false
      throw error
    },
  )
}
