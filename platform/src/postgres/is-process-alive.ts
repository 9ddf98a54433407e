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
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
