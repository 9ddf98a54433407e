import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Puts a small disk of its own at a folder, which can then be full. Undefined where the machine doesn't let us. */
export async function mountDisk(
  folder: string,
  megabytes: number,
): Promise<{ unmount(): Promise<void> } | undefined> {
  await mkdir(folder, { recursive: true })
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder])
  } catch {
    // Only root may, and not in every container.
    return undefined
  }
  return {
    async unmount() {
      await run('umount', ['--lazy', folder])
    },
  }
}
