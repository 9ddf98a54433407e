import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { sha256Hex } from '@flatrender/engine-scene'
import { isProcessAlive } from '../files/is-process-alive.ts'
import { writeFailure } from '../files/write-failure.ts'
import { engineBuild } from '../plan/engine-build.ts'
import { sweepUnused } from './sweep-unused.ts'

/** The folder in which the engine keeps what it may need again. */
export interface Workspace {
  readonly folder: string
  /** Segments, by key. */
  readonly segments: string
  /** Pictures as compiled scenes name them. */
  readonly pictures: string
  /** Compiled Lotties, by hash. */
  readonly lotties: string
  /** Mixed sound, by hash. */
  readonly sounds: string
  /** Stills, by hash. */
  readonly snapshots: string
  readonly crashes: string
  /** A folder of this render's own; `remove` it at the end. What a killed process left goes at the next start. */
  openScratch(): Promise<{ folder: string; remove(): Promise<void> }>
}

/** Opens the workspace, creating what is missing. Errors: OUTPUT_UNWRITABLE, OUTPUT_DISK_FULL. */
export async function openWorkspace(location: string): Promise<Workspace> {
  const folder = path.resolve(location)
  const inside = (name: string) => path.join(folder, name)
  const workspace = {
    folder,
    segments: inside('segments'),
    // Their bytes are the engine's work, and another build may write others under the same name.
    pictures: inside(`pictures-${sha256Hex(engineBuild()).slice(0, 12)}`),
    lotties: inside('lotties'),
    sounds: inside('sounds'),
    snapshots: inside('snapshots'),
    crashes: inside('crashes'),
  }
  const scratch = inside('scratch')
  try {
    for (const one of [...Object.values(workspace), scratch]) await mkdir(one, { recursive: true })
  } catch (error) {
    throw writeFailure(error, folder)
  }
  await sweepScratch(scratch)
  // Segments have a limit of their own; crash records are for people.
  for (const one of ['lotties', 'sounds', 'snapshots'] as const) await sweepUnused(workspace[one])
  for (const name of await readdir(folder)) if (name.startsWith('pictures-')) await sweepUnused(inside(name))
  return {
    ...workspace,
    async openScratch() {
      const own = path.join(scratch, `${process.pid}-${randomUUID().slice(0, 8)}`)
      await mkdir(own).catch((error: unknown) => {
        throw writeFailure(error, own)
      })
      // A worker that is being killed may still be writing.
      return { folder: own, remove: () => rm(own, { recursive: true, force: true, maxRetries: 5 }) }
    },
  }
}

async function sweepScratch(scratch: string): Promise<void> {
  for (const name of await readdir(scratch)) {
    if (!isProcessAlive(Number(name.split('-')[0])))
      await rm(path.join(scratch, name), { recursive: true, force: true })
  }
}
