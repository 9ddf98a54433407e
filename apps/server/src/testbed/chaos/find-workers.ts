import { readdirSync, readFileSync } from 'node:fs'

/** Ids of the living descendants of a process that were started as workers of the engine, as Linux tells them. */
export function findWorkers(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )
  return children.flatMap((child) => {
    try {
      const words = readFileSync(`/proc/${child}/cmdline`, 'utf8')
      return words.includes('worker.ts') ? [child] : findWorkers(child)
    } catch {
      // It ended while we looked.
      return []
    }
  })
}
