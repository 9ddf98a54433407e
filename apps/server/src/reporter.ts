/** A finished step: its result, and what to say of it. */
export interface StepOutcome<Result> {
  readonly result: Result
  readonly words: string
}

/** Tells whoever started the server what happens. */
export interface Reporter {
  /** Does one step, then says in a line that it is done, how and in what time. */
  step<Result>(name: string, work: () => Promise<StepOutcome<Result>>): Promise<Result>
  say(line: string): void
}

/** Reports as lines of text. */
export function createReporter(write: (text: string) => void): Reporter {
  return {
    async step(name, work) {
      const begun = performance.now()
      const { result, words } = await work()
      const seconds = ((performance.now() - begun) / 1000).toFixed(1)
      write(`  ${name.padEnd(10)} ${words} (${seconds} s)\n`)
      return result
    },
    say: (line) => write(`${line}\n`),
  }
}
