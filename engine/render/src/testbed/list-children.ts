import { readdirSync, readFileSync } from 'node:fs'

/** Ids of a process's living children, as Linux tells them. */
export function listChildren(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => readStatus(pid)?.parent === parent)
    .map(Number)
}

function readStatus(pid: string): { parent: number } | undefined {
  try {
    // The name in brackets may hold spaces; state and parent follow it.
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
    return state === 'Z' ? undefined : { parent: Number(parent) }
  } catch {
    // It ended meanwhile.
    return undefined
  }
}
