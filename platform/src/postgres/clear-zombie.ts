import { readdir, readFile, readlink, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { isZombie } from '../files/is-process-alive.ts'

/** A killed server and its processes are gone within moments; so long they are waited for, milliseconds. */
const PATIENCE = 3000

/**
 * Removes the pid file of a server that was killed and whose parent doesn't take note (common in containers): PostgreSQL
 * takes a zombie for a running server and would never start again. First every process of that server must have gone.
 */
export async function clearZombie(folder: string): Promise<void> {
  if (process.platform !== 'linux') return
  const file = path.join(folder, 'postmaster.pid')
  const [pid] = (await readFile(file, 'utf8').catch(() => '')).split('\n')
  for (const late = Date.now() + PATIENCE; await isLeft(folder); await setTimeout(20))
    if (Date.now() > late) return
  if (isZombie(Number(pid))) await rm(file, { force: true })
}

/** All of a server's processes work in its data folder, until they end. */
async function isLeft(folder: string): Promise<boolean> {
  for (const name of await readdir('/proc')) {
    if (/^\d+$/.test(name) && (await readlink(`/proc/${name}/cwd`).catch(() => '')) === folder) return true
  }
  return false
}
