import { randomBytes } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { isProcessAlive } from './is-process-alive.ts'

/** A name beside a file for what is to become it; it says whose it is. */
export function nameUnfinished(file: string): string {
  return `${file}.${process.pid}-${randomBytes(4).toString('hex')}`
}

/** Removes what dead processes left of it. */
export async function sweepUnfinished(file: string): Promise<void> {
  const folder = path.dirname(file)
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${path.basename(file)}.`)) continue
    const [, pid] = /^(\d+)-[0-9a-f]{8}/.exec(name.slice(path.basename(file).length + 1)) ?? []
    if (pid !== undefined && !isProcessAlive(Number(pid))) await rm(path.join(folder, name), { force: true })
  }
}
