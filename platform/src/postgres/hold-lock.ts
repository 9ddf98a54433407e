import { readFile, rm, writeFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { isProcessAlive } from './is-process-alive.ts'

/** How long to wait before looking again, milliseconds. */
const PATIENCE = 50

/** Does some work while no other process holds the same lock file. The file holds its owner's pid: a dead one's is taken. */
export async function holdLock<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  while (!(await take(file))) await setTimeout(PATIENCE)
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}

async function take(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const owner = Number(await readFile(file, 'utf8').catch(() => ''))
    // An empty one is being written at this moment.
    if (owner > 0 && !isProcessAlive(owner)) await rm(file, { force: true })
    return false
  }
}
