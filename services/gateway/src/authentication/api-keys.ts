import { createHash } from 'node:crypto'
import type { Actor } from '@flatrender/contracts/call'
import { callAsSystem } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { GatewayDeps } from '../deps.ts'
import { keepFor } from './keep-for.ts'

/** How long a key is believed: a revocation must bite within ten seconds. Milliseconds. */
const KEPT = 5_000

/** So many keys that were right are remembered; the one that was longest out of use goes first. */
const REMEMBERED = 10_000

/** Reads API keys. */
export interface ApiKeys {
  /** Errors: ACCESS_TOKEN_INVALID. */
  resolve(key: string, address: string): Promise<Actor>
  /** Was this key right at this address lately? Nobody is asked. */
  isKnown(key: string, address: string): boolean
}

/** Opens the reader; the identity service knows the keys. */
export function openApiKeys({ identity }: Pick<GatewayDeps, 'identity'>): ApiKeys {
  const resolve = keepFor(KEPT, (asked) => {
    const [key, address] = JSON.parse(asked) as [string, string]
    return identity.access.resolveKey({ key, address }, { context: callAsSystem() })
  })
  const right = new Set<string>()
  return {
    async resolve(key, address) {
      const asked = JSON.stringify([key, address])
      const found = await resolve(asked)
      const name = hashOf(asked)
      right.delete(name)
      if (found === null) throw new FlatRenderError('ACCESS_TOKEN_INVALID')
      right.add(name)
      for (const oldest of right) {
        if (right.size <= REMEMBERED) break
        right.delete(oldest)
      }
      return found.actor
    },
    isKnown: (key, address) => right.has(hashOf(JSON.stringify([key, address]))),
  }
}

/** What is remembered for long is no key that somebody could use. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
