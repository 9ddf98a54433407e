import { FlatRenderError } from '@flatrender/contracts/errors'

/** Problems as they are found: a person mends all in one go. */
export interface Problems {
  readonly found: FlatRenderError[]
  /** What the work gives, or undefined when it threw an expected failure, which is kept. */
  attempt<Result>(work: () => Result): Result | undefined
}

/** Begins to gather problems. */
export function gatherProblems(): Problems {
  const found: FlatRenderError[] = []
  return {
    found,
    attempt(work) {
      try {
        return work()
      } catch (error) {
        if (!(error instanceof FlatRenderError)) throw error
        found.push(error)
        return undefined
      }
    },
  }
}

/** One problem as it is, several as an AggregateError. */
export function asOneError(problems: readonly FlatRenderError[]): Error {
  return problems.length === 1 && problems[0] !== undefined
    ? problems[0]
    : new AggregateError(problems, `${problems.length} problems in the modifications`)
}
