import { setTimeout } from 'node:timers/promises'
import { errorDefinitions, isFlatRenderError } from '@flatrender/contracts/errors'

/** Milliseconds before the second try, and the most between two; each wait is up to a half shorter, by lot. */
const [FIRST, LONGEST] = [500, 20_000]

/** How often, and who hears of it. */
export interface Perseverance {
  readonly signal: AbortSignal
  /** Tries in all; without end unless told. */
  readonly tries?: number
  /** Hears of each try that failed and is followed by another. */
  readonly onRetry?: (error: unknown) => void
  /** May another try end better? What the error table calls retryable, unless told. */
  readonly mayRetry?: (error: unknown) => boolean
}

/** Asks until there is an answer, or a failure that would come again. Errors: that failure; the signal's reason. */
export async function keepAsking<Answer>(ask: () => Promise<Answer>, how: Perseverance): Promise<Answer> {
  const { signal, tries = Number.POSITIVE_INFINITY, onRetry, mayRetry = isRetryable } = how
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted()
    try {
      return await ask()
    } catch (error) {
      signal.throwIfAborted()
      if (attempt >= tries || !mayRetry(error)) throw error
      onRetry?.(error)
      const wait = Math.min(LONGEST, FIRST * 2 ** Math.min(attempt - 1, 10))
      await setTimeout(wait * (1 - Math.random() / 2), undefined, { signal }).catch(() =>
        signal.throwIfAborted(),
      )
    }
  }
}

/** Does the error table say that another try may end better? */
export function isRetryable(error: unknown): boolean {
  return isFlatRenderError(error) && errorDefinitions[error.code].retryable
}
