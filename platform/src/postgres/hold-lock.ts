import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { isProcessAlive, readStartTime } from '../files/is-process-alive.ts'
import { nameUnfinished, sweepUnfinished } from '../files/unfinished.ts'

/** How long to wait before looking again, milliseconds. */
const INTERVAL = 50
/** Starting a server takes two seconds, on a busy machine ten; who holds a lock for longer hangs. Milliseconds. */
const PATIENCE = 120_000

/**
 * Does some work while no other process holds the same lock file. The file says whose it is: a dead owner's is taken.
 * Errors: POSTGRES_FAILED when it is held for two minutes, AbortError.
 */
export async function holdLock<Result>(
  file: string,
  signal: AbortSignal | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  const late = Date.now() + PATIENCE
  for (let holder = await take(file); holder !== undefined; holder = await take(file)) {
    if (Date.now() > late) {
      const reason = `process ${holder} has held ${file} for ${PATIENCE / 1000} s`
      throw new FlatRenderError('POSTGRES_FAILED', { program: 'lock', reason })
    }
    await setTimeout(INTERVAL, undefined, signal && { signal })
  }
  await sweepUnfinished(file)
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}

/** Takes the lock, or gives the pid of who holds it. It appears with its owner in it, or not at all. */
async function take(file: string): Promise<number | undefined> {
  const own = nameUnfinished(file)
  await writeFile(own, `${process.pid} ${readStartTime(process.pid)}`)
  try {
    await link(own, file)
    return undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const holder = await readFile(file, 'utf8').catch(() => '')
    if (!isHeld(holder)) await clear(file, holder, own)
    return Number(holder.split(' ')[0])
  } finally {
    await rm(own, { force: true })
  }
}

/** A pid may have come round again: the time at which its process started tells them apart. */
function isHeld(holder: string): boolean {
  const [pid, started] = holder.split(' ')
  return isProcessAlive(Number(pid)) && readStartTime(Number(pid)) === started
}

/** Removes a dead owner's lock. What was moved away may be another's who took it meanwhile: that is put back. */
async function clear(file: string, holder: string, own: string): Promise<void> {
  const moved = `${own}.old`
  await rename(file, moved).catch(() => {})
  const found = await readFile(moved, 'utf8').catch(() => holder)
  if (found !== holder) await link(moved, file).catch(() => {})
  await rm(moved, { force: true })
}
