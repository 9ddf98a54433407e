import { readdir, readFile } from 'node:fs/promises'

/** Clock ticks in a second, as Linux tells them to everybody. */
const TICKS = 100

/**
 * Processor time that this process and those that it started have taken, and the children of theirs that have ended,
 * milliseconds. Undefined where the system doesn't tell it.
 */
export async function readOwnTimes(root = process.pid): Promise<number | undefined> {
  if (process.platform !== 'linux') return undefined
  const found = new Map<number, { readonly parent: number; readonly milliseconds: number }>()
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const line = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => undefined)
    // A process's own name stands in brackets, and may hold anything.
    const fields = line?.slice(line.lastIndexOf(')') + 2).split(' ')
    if (fields === undefined) continue
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
    found.set(Number(name), { parent: Number(fields[1]), milliseconds: (ticks / TICKS) * 1000 })
  }
  const isOurs = (pid: number): boolean => {
    for (let at = pid, steps = 0; at > 1 && steps < 64; steps++) {
      if (at === root) return true
      at = found.get(at)?.parent ?? 0
    }
    return false
  }
  return found
    .entries()
    .filter(([pid]) => isOurs(pid))
    .reduce((sum, [, { milliseconds }]) => sum + milliseconds, 0)
}
