const PASSING: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504])

/** May the same address answer better in a while? */
export function isPassing(status: number): boolean {
  return PASSING.has(status)
}

/** Why a connection broke, in a word: what fetch throws is a TypeError whose cause says it. */
export function nameBreak(error: unknown): string {
  const { message, cause } = error as Error
  return ((cause ?? {}) as NodeJS.ErrnoException).code ?? message
}
