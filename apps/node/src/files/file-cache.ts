import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import type { HeldTemplate, InputFile, TemplateFile } from '@flatrender/contracts/node'
import { type CachedFile, describeInput, placeOf, readPlace } from './cache-name.ts'
import { describeDiskFailure } from './describe-disk-failure.ts'
import { fetchFile } from './fetch-file.ts'
import { hashOf } from './hash-of.ts'
import { resolveAddress } from './resolve-address.ts'
import { type ChangeLog, openChangeLog } from './template-changes.ts'

/** Files of orders, kept by what they hold. */
export interface FileCache {
  /** What a job holds while it runs is not dropped. */
  hold(): Hold
  /** Takes a file in that was made here and is known by its hash; from where it lay it is gone. One that is here already stays. */
  adopt(file: MadeHere, location: string): Promise<void>
  /** Templates that are here. */
  templates(): HeldTemplate[]
  /** Templates got and dropped. */
  readonly changes: Pick<ChangeLog, 'take' | 'restore'>
  /**
   * Drops what was least recently of use and nobody holds, until the rest has so many bytes; the cache's limit unless told. What
   * can't be dropped stays, and others go all the same.
   */
  evict(bytes?: number): Promise<void>
}

/** A file that was made on this machine. */
export interface MadeHere {
  /** SHA-256. */
  readonly hash: string
  readonly bytes: number
  readonly extension: string
}

/** The files that one job needs. */
export interface Hold {
  /**
   * Where a file lies, once it is here and holds what it must. Errors: NODE_INPUT_UNREACHABLE, NODE_INPUT_DAMAGED,
   * NODE_DISK_FULL; the signal's reason.
   */
  get(file: InputFile | TemplateFile, signal: AbortSignal): Promise<string>
  /** Lets go of all of them. */
  release(): void
}

interface Entry extends CachedFile {
  /** In the cache's folder. */
  readonly place: string
  readonly bytes: number
  used: number
  /** Was it seen since the start that it holds what it must? */
  proven: boolean
  holders: number
}

/** The cache's folder, how much may stay in it, and where relative addresses of files are. */
export interface FileCacheOptions {
  readonly folder: string
  /** Bytes. */
  readonly limit: number
  readonly server: string
  /** Hears that files could not be dropped: of each once, and of several at once the first. */
  readonly onStuck: (error: unknown) => void
}

/** Opens the cache with what a former life left in it. Errors: NODE_HOME_UNUSABLE, NODE_DISK_FULL. */
export async function openFileCache({
  folder,
  limit,
  server,
  onStuck,
}: FileCacheOptions): Promise<FileCache> {
  const parts = path.join(folder, 'parts')
  await mkdir(parts, { recursive: true }).catch((error: unknown) => {
    throw describeDiskFailure(error, folder)
  })
  const entries = await readEntries(folder)
  /** Places at which something is under way. */
  const busy = new Map<string, Promise<unknown>>()
  const changes = openChangeLog()
  /** What could not be dropped, and was told of. */
  const stuck = new WeakSet<Entry>()

  const templates = (): HeldTemplate[] => {
    const held = new Map<string, HeldTemplate>()
    for (const { contentHash, bytes } of entries.values())
      if (contentHash !== undefined) held.set(contentHash, { contentHash, bytes })
    return [...held.values()]
  }
  const forget = async ({ place, contentHash }: Entry) => {
    entries.delete(place)
    await rm(path.join(folder, place), { force: true })
    if (contentHash !== undefined && !templates().some((held) => held.contentHash === contentHash))
      changes.drop(contentHash)
  }
  const drop = (entry: Entry) => {
    const gone = forget(entry)
      .catch((error: unknown) => {
        // It lies there as before, takes its room, and is tried again.
        entries.set(entry.place, entry)
        throw error
      })
      .finally(() => busy.delete(entry.place))
    busy.set(entry.place, gone)
    return gone
  }
  const evict = async (most = limit) => {
    let bytes = entries.values().reduce((sum, entry) => sum + entry.bytes, 0)
    if (bytes <= most) return
    let news: unknown
    for (const entry of [...entries.values()].toSorted((a, b) => a.used - b.used)) {
      if (bytes <= most) break
      if (entry.holders > 0 || busy.has(entry.place)) continue
      try {
        // Somebody else may have dropped it meanwhile.
        if (entries.get(entry.place) === entry) await drop(entry)
        bytes -= entry.bytes
      } catch (error) {
        if (!stuck.has(entry)) news ??= error
        stuck.add(entry)
      }
    }
    if (news !== undefined) onStuck(news)
  }
  const bring = async (file: InputFile | TemplateFile, signal: AbortSignal): Promise<Entry> => {
    const described = describeInput(file)
    const place = path.join(...placeOf(described))
    const part = path.join(parts, `${path.basename(place)}.part`)
    await fetchFile({ ...file, url: resolveAddress(file.url, server) }, part, signal)
    try {
      await mkdir(path.join(folder, path.dirname(place)), { recursive: true })
      await rename(part, path.join(folder, place))
    } catch (error) {
      throw describeDiskFailure(error, part)
    }
    const entry = { ...described, place, bytes: file.bytes, used: Date.now(), proven: true, holders: 0 }
    entries.set(place, entry)
    const { contentHash, bytes } = entry
    if (contentHash !== undefined) changes.gain({ contentHash, bytes })
    return entry
  }
  const prove = async (kept: Entry, file: InputFile | TemplateFile, signal: AbortSignal) => {
    if ((await hashOf(path.join(folder, kept.place)).catch(() => undefined)) === file.hash)
      return Object.assign(kept, { proven: true })
    await forget(kept)
    return bring(file, signal)
  }
  const find = async (file: InputFile | TemplateFile, signal: AbortSignal): Promise<Entry> => {
    const place = path.join(...placeOf(describeInput(file)))
    // Who finds it on its way waits; where it doesn't come, the next fetches it by an address of their own.
    for (let under = busy.get(place); under !== undefined; under = busy.get(place)) {
      await under.catch(() => {})
      signal.throwIfAborted()
    }
    const kept = entries.get(place)
    if (kept?.proven === true) return kept
    const entry = (kept === undefined ? bring(file, signal) : prove(kept, file, signal)).finally(() =>
      busy.delete(place),
    )
    busy.set(place, entry)
    return entry
  }
  const moveIn = async ({ hash, bytes, extension }: MadeHere, place: string, location: string) => {
    await mkdir(path.join(folder, path.dirname(place)), { recursive: true })
    await rename(location, path.join(folder, place))
    entries.set(place, { hash, extension, place, bytes, used: Date.now(), proven: true, holders: 0 })
  }
  return {
    templates,
    changes,
    evict,
    async adopt(made, location) {
      const place = path.join(...placeOf(made))
      // Whatever lies there or is under way holds the same.
      if (entries.has(place) || busy.has(place)) return
      const moving = moveIn(made, place, location).finally(() => busy.delete(place))
      busy.set(place, moving)
      // What could not be moved is fetched when it is needed: it has been put, and no job is lost for that.
      await moving.then(
        () => evict(),
        () => {},
      )
    },
    hold() {
      const held = new Set<Entry>()
      return {
        async get(file, signal) {
          let entry = await find(file, signal)
          // It may have gone in the moment before it was held.
          while (entries.get(entry.place) !== entry) entry = await find(file, signal)
          if (!held.has(entry)) entry.holders++
          held.add(entry)
          entry.used = Date.now()
          const location = path.join(folder, entry.place)
          const now = new Date(entry.used)
          await utimes(location, now, now)
          await evict()
          return location
        },
        release() {
          for (const entry of held) entry.holders--
          held.clear()
        },
      }
    },
  }
}

async function readEntries(folder: string): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  for (const bucket of await readdir(folder)) {
    if (!/^[0-9a-f]{2}$/.test(bucket)) continue
    for (const name of await readdir(path.join(folder, bucket))) {
      const described = readPlace(name)
      const info = await stat(path.join(folder, bucket, name)).catch(() => undefined)
      if (described === undefined || info === undefined) continue
      const place = path.join(bucket, name)
      const { size: bytes, mtimeMs: used } = info
      entries.set(place, { ...described, place, bytes, used, proven: false, holders: 0 })
    }
  }
  return entries
}
