import type { Actor } from '@flatrender/contracts/call'
import type { NodeToken } from './node-token.ts'

/** The tokens whose signature was verified, each until it ends by itself. */
export interface ProvenTokens {
  /** Who has signed it; undefined where nobody has looked yet. */
  find(token: string): Actor | undefined
  keep(proven: NodeToken, actor: Actor): void
}

/** Tokens that are kept; the oldest go first, and are verified again. */
const MOST = 100_000

/** Opens it, each gateway process by itself. */
export function openProvenTokens(now: () => number = Date.now): ProvenTokens {
  const proofs = new Map<string, { readonly actor: Actor; readonly until: number }>()
  return {
    find(token) {
      const proof = proofs.get(token)
      return proof !== undefined && proof.until > now() ? proof.actor : undefined
    },
    keep({ token, until }, actor) {
      // They end in about the sequence in which they came.
      for (const [oldest, proof] of proofs) {
        if (proof.until > now() && proofs.size < MOST) break
        proofs.delete(oldest)
      }
      proofs.set(token, { actor, until })
    },
  }
}
