import { execFileSync } from 'node:child_process'

/** Mounts a disk of 4 MB on a folder; undefined where the system doesn't let us. Gives what unmounts it. */
export function mountSmallDisk(folder: string): (() => void) | undefined {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return undefined
  }
  return () => void execFileSync('umount', [folder])
}
