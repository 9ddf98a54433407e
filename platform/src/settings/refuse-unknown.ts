import { FlatRenderError } from '@flatrender/contracts/errors'

/** Settings that the command line reads in the same folder, and a server doesn't mind. */
const commandSettings: readonly string[] = [
  'FLATRENDER_WORKERS',
  'FLATRENDER_WORKER_MEMORY_GIGABYTES',
  'FLATRENDER_WORKER_SILENCE_SECONDS',
  'FLATRENDER_CACHE_GIGABYTES',
]

/**
 * Refuses a setting that nobody reads: what is mistyped would be as if it weren't set, and nobody would hear of it.
 * Errors: SETTING_UNKNOWN.
 */
export function refuseUnknown(environment: NodeJS.ProcessEnv, known: readonly string[]): void {
  const names = Object.keys(environment).filter((name) => name.startsWith('FLATRENDER_'))
  const [unknown] = names.filter((name) => !known.includes(name) && !commandSettings.includes(name))
  if (unknown === undefined) return
  // A name that was left unfinished is meant, however much it lacks.
  const measure = (name: string) => (name.startsWith(unknown) ? 1 : countSteps(unknown, name))
  const [nearest = ''] = known.toSorted((a, b) => measure(a) - measure(b))
  throw new FlatRenderError('SETTING_UNKNOWN', { setting: unknown, nearest })
}

/** Letters that are to be added, removed or replaced to make one word of the other (Levenshtein). */
function countSteps(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [line, letter] of [...from].entries()) {
    const next = [line + 1]
    for (const [column, other] of [...to].entries())
      next.push(Math.min(next[column]! + 1, row[column + 1]! + 1, row[column]! + (letter === other ? 0 : 1)))
    row = next
  }
  return row.at(-1)!
}
