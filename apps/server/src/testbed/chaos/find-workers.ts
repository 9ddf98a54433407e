import { readdirSync, readFileSync } from 'node:fs'

/** Ids of the living descendants of a process that were started as workers of the engine, as Linux tells them. */
export function findWorkers(pid: number): number[] {
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    )
    return children.flatMap((child) =>
      readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('worker.ts') ? [child] : findWorkers(child),
    )
  } catch {
    // One of them ended while we looked.
    return []
  }
}
