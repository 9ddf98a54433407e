import { FlatRenderError, isFlatRenderError } from '@flatrender/contracts/errors'
import { findLoss } from '../db/is-loss.ts'
import type { WorkerOptions } from './worker-options.ts'

/** Tells of a database that is away once, however many hear of it. */
export interface Losses {
  readonly onError: WorkerOptions['onError']
  /** It answers: the next loss is news. */
  found(): void
}

/**
 * Passes errors on; of lost connections the first alone, as DATABASE_LOST. What the queue and the heart fail with comes of
 * the database; a task may have lost something else, and says DATABASE_LOST itself.
 */
export function tellLosses(onError: WorkerOptions['onError']): Losses {
  let told = false
  return {
    onError(error, what) {
      const named = isFlatRenderError(error, 'DATABASE_LOST')
      const reason = what === 'queue' || what === 'heartbeat' ? findLoss(error) : undefined
      if (!named && reason === undefined) return onError(error, what)
      if (told) return
      told = true
      const loss = named
        ? error
        : new FlatRenderError('DATABASE_LOST', { reason: reason ?? '' }, { cause: error })
      onError(loss, what)
    },
    found() {
      told = false
    },
  }
}
