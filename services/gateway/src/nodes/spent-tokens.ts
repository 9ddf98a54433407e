import { FlatRenderError } from '@flatrender/contracts/errors'
import type { NodeToken } from './node-token.ts'

/** The tokens that were used, each until it ends by itself. */
export interface SpentTokens {
  /** Uses a token that is proven. Errors: NODE_SIGNATURE_STALE where it was used before. */
  spend(token: Pick<NodeToken, 'subject' | 'id' | 'until'>): void
}

/**
 * Opens it, each gateway process by itself: what was heard on the way to one of them could be said to another within the
 * minute in which it ends.
 */
export function openSpentTokens(now: () => number = Date.now): SpentTokens {
  const spent = new Map<string, number>()
  return {
    spend({ subject, id, until }) {
      // They end in about the sequence in which they came.
      for (const [name, end] of spent) {
        if (end > now()) break
        spent.delete(name)
      }
      const name = `${subject} ${id}`
      if (spent.has(name)) throw new FlatRenderError('NODE_SIGNATURE_STALE')
      spent.set(name, until)
    },
  }
}
