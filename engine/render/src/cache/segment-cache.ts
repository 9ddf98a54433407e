import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { touchFile } from '../files/touch-file.ts'
import { writeFailure } from '../files/write-failure.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import { type Claim, claimFile } from './claim-file.ts'
import { evictFiles } from './evict-files.ts'
import { readSegment, type Segment } from './segment-file.ts'

/** A content-addressed folder of segments that several processes may use at once. */
export interface SegmentCache {
  /** Where the segment with this key lies, or will lie. */
  pathOf(key: string): string
  has(key: string): Promise<boolean>
  /** Undefined if it isn't there, or is damaged: then it is removed. */
  read(key: string): Promise<Segment | undefined>
  /**
   * Asks for the right to paint a segment. `release` gives it back, done or not. Undefined while another render
   * paints it: ask again later.
   */
  claim(key: string): Promise<Claim | undefined>
  remove(key: string): Promise<void>
  /** Keeps these from being evicted until `unpin`. */
  pin(keys: readonly string[]): Promise<{ unpin(): Promise<void> }>
  /** Removes the least recently used, unpinned ones until the folder is within its limit. */
  evict(): Promise<{ removed: number; bytes: number }>
}

/** Where the cache lies, and how much it may hold after eviction. */
export interface SegmentCacheOptions {
  readonly folder: string
  /** Bytes. */
  readonly limit: number
}

/** Opens the cache, creating its folder if needed. Every process may open it; nothing has to be closed. */
export async function openSegmentCache({ folder, limit }: SegmentCacheOptions): Promise<SegmentCache> {
  const pins = path.join(folder, 'pins')
  await mkdir(pins, { recursive: true })
  const pathOf = (key: string) => path.join(folder, key.slice(0, 2), `${key}.segment`)
  return {
    pathOf,
    async has(key) {
      return (await stat(pathOf(key)).catch(() => undefined))?.isFile() === true
    },
    async read(key) {
      const file = pathOf(key)
      const bytes = await readFile(file).catch(() => undefined)
      if (bytes === undefined) return undefined
      const segment = readSegment(bytes)
      if (segment === undefined || segment.manifest.key !== key) {
        await rm(file, { force: true })
        return undefined
      }
      await touchFile(file)
      return segment
    },
    async claim(key) {
      const file = `${pathOf(key)}.claim`
      try {
        await mkdir(path.dirname(file), { recursive: true })
        return await claimFile(file)
      } catch (error) {
        throw writeFailure(error, file)
      }
    },
    async remove(key) {
      await rm(pathOf(key), { force: true })
    },
    async pin(keys) {
      const file = path.join(pins, `${process.pid}-${randomUUID()}`)
      await writeFileAtomically(file, keys.join('\n'))
      return { unpin: () => rm(file, { force: true }) }
    },
    evict: () => evictFiles(folder, pins, limit),
  }
}
