import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { isProcessAlive } from './is-process-alive.ts'

/** Removes what killed processes left beside an output: `<output>.<pid>-<random>.part`. */
export async function sweepParts(output: string): Promise<void> {
  const folder = path.dirname(output)
  const start = `${path.basename(output)}.`
  for (const name of await readdir(folder).catch(() => [])) {
    const pid = name.startsWith(start)
      ? /^(\d+)-[0-9a-f]{8}\.part$/.exec(name.slice(start.length))?.[1]
      : undefined
    if (pid === undefined || isProcessAlive(Number(pid))) continue
    await rm(path.join(folder, name), { recursive: true, force: true })
  }
}
