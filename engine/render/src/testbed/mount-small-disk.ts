import { spawnSync } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'

/** Mounts a file system of so many bytes at a new folder; undefined where that isn't permitted. */
export async function mountSmallDisk(
  folder: string,
  bytes: number,
): Promise<{ unmount(): Promise<void> } | undefined> {
  await mkdir(folder)
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder])
  if (mounted.status !== 0) return undefined
  return {
    async unmount() {
      spawnSync('umount', ['-l', folder])
      await rm(folder, { recursive: true, force: true })
    },
  }
}
