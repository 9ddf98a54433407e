import { createHash, randomBytes } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { isProcessAlive } from '../../files/is-process-alive.ts'

/** Milliseconds without a byte written after which what another machine began counts as given up. */
const GIVEN_UP = 24 * 3_600_000

/** Machines that share a folder don't know each other's processes. */
const host = () => createHash('sha256').update(hostname()).digest('hex').slice(0, 8)

/** A name for a file that is being written; it says whose it is. */
export function nameUnfinishedFile(folder: string): string {
  return path.join(folder, `${host()}-${process.pid}-${randomBytes(8).toString('hex')}`)
}

/** Removes what processes left that were killed while they wrote. */
export async function sweepUnfinishedFiles(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name)
    const [, owner, pid] = /^([0-9a-f]{8})-(\d+)-/.exec(name) ?? []
    // Another process may sweep as well.
    const touched = await stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    )
    if (touched === undefined) continue
    const old = Date.now() - touched > GIVEN_UP
    const dead = owner === host() && isDead(Number(pid), touched)
    if (old || dead) await rm(file, { force: true })
  }
}

/** Our own number was another's before us: in a container it always is. */
function isDead(pid: number, touched: number): boolean {
  return pid === process.pid ? touched < performance.timeOrigin : !isProcessAlive(pid)
}
