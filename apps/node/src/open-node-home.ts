import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { claimFile } from '@flatrender/engine-render'
import { describeDiskFailure } from './files/describe-disk-failure.ts'

/** A node's folder, this process's alone while it is open. */
export interface NodeHome {
  readonly folder: string
  /** Inputs of orders. */
  readonly files: string
  /** What the engine keeps for itself. */
  readonly engine: string
  /** Folders of the jobs that run; empty at first. */
  readonly scratch: string
  close(): Promise<void>
}

/**
 * Opens a node's folder, and clears away what a former life was at when it was killed. Errors: NODE_HOME_TAKEN,
 * NODE_HOME_UNUSABLE, NODE_DISK_FULL.
 */
export async function openNodeHome(location: string): Promise<NodeHome> {
  const folder = path.resolve(location)
  const inside = (name: string) => path.join(folder, name)
  const lock = inside('running')
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const claim = await claimFile(lock)
    if (claim === undefined) throw new FlatRenderError('NODE_HOME_TAKEN', { home: folder })
    const scratch = inside('scratch')
    await rm(scratch, { recursive: true, force: true })
    await mkdir(scratch)
    return { folder, files: inside('files'), engine: inside('engine'), scratch, close: () => claim.release() }
  } catch (error) {
    throw describeDiskFailure(error, lock)
  }
}
