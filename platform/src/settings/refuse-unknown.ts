import { FlatRenderError } from '@flatrender/contracts/errors'

/** So many wrong letters are a slip; more may be somebody else's name. */
const SLIP = 2

/**
 * Refuses a setting that nobody reads: what is mistyped would be as if it weren't set, and nobody would hear of it. `others`
 * are read elsewhere. Errors: SETTING_UNKNOWN.
 */
export function refuseUnknown(
  environment: NodeJS.ProcessEnv,
  known: readonly string[],
  others: readonly string[],
): void {
  const [unknown] = listUnknown(environment, [...known, ...others])
  if (unknown !== undefined) throw refusal(unknown, findNearest(unknown, known).name)
}

/** The same where others read settings whose names aren't known here: only slips of our own are refused. */
export function refuseMistyped(
  environment: NodeJS.ProcessEnv,
  known: readonly string[],
  others: readonly string[],
): void {
  for (const unknown of listUnknown(environment, [...known, ...others])) {
    const { name, steps } = findNearest(unknown, known)
    if (steps <= SLIP) throw refusal(unknown, name)
  }
}

function listUnknown(environment: NodeJS.ProcessEnv, known: readonly string[]): string[] {
  return Object.keys(environment).filter((name) => name.startsWith('FLATRENDER_') && !known.includes(name))
}

function refusal(setting: string, nearest: string): FlatRenderError {
  return new FlatRenderError('SETTING_UNKNOWN', { setting, nearest })
}

function findNearest(unknown: string, known: readonly string[]): { name: string; steps: number } {
  // A name that was left unfinished is meant, however much it lacks.
  const measure = (name: string) => (name.startsWith(unknown) ? 1 : countSteps(unknown, name))
  const [nearest] = known
    .map((name) => ({ name, steps: measure(name) }))
    .toSorted((a, b) => a.steps - b.steps)
  return nearest!
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
