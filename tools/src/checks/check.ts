/** What a check found. It holds when there are no problems. */
export interface Verdict {
  /** One line each, beginning with the path where there is one. */
  readonly problems: readonly string[]
  /** What is worth reading although nothing is wrong, such as a measurement. */
  readonly notes?: readonly string[]
}

/** One thing that must hold in the whole repository. */
export interface Check {
  /** A word or two; `npm run check -- NAME` runs this one alone. */
  readonly name: string
  readonly run: () => Verdict | Promise<Verdict>
}
