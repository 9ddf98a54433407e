/** So many answers are kept; the oldest goes first. */
const CAPACITY = 10_000

/** A question that is asked once for many. */
export interface Kept<Value> {
  (key: string): Promise<Value>
  /** The last answer, however old; undefined where it is not held. */
  last(key: string): Promise<Value> | undefined
}

/**
 * Asks once for many: answers are kept for so many milliseconds, and who asks while an answer is on its way waits for
 * that one. A failure is kept for nobody.
 */
export function keepFor<Value>(milliseconds: number, ask: (key: string) => Promise<Value>): Kept<Value> {
  const kept = new Map<string, { readonly answer: Promise<Value>; readonly until: number }>()
  const answerOf = (key: string) => {
    const now = performance.now()
    const known = kept.get(key)
    if (known !== undefined && known.until > now) return known.answer
    const answer = ask(key)
    kept.delete(key)
    kept.set(key, { answer, until: now + milliseconds })
    answer.catch(() => {
      if (kept.get(key)?.answer === answer) kept.delete(key)
    })
    for (const oldest of kept.keys()) {
      if (kept.size <= CAPACITY) break
      kept.delete(oldest)
    }
    return answer
  }
  return Object.assign(answerOf, { last: (key: string) => kept.get(key)?.answer })
}
