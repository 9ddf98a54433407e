import { readFileSync } from 'node:fs'

/**
 * Does a process with this id run here? Another user's counts as well; one that ended and only waits for its parent to
 * take note (a zombie) doesn't.
 */
export function isProcessAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return !isZombie(pid)
}

/** Has it ended without being taken note of? Told by Linux alone. */
export function isZombie(pid: number): boolean {
  return readStat(pid)[0] === 'Z'
}

/** When it started, in ticks since the machine did; empty where the system doesn't tell. */
export function readStartTime(pid: number): string {
  return readStat(pid)[19] ?? ''
}

/** The fields of Linux's /proc/<pid>/stat from its state on: what comes before holds the program's name, with anything in it. */
function readStat(pid: number): readonly string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}
