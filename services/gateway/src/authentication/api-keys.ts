import type { Actor } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { GatewayDeps } from '../deps.ts'
import { askAsSystem } from './ask-as-system.ts'
import { keepFor } from './keep-for.ts'

/** How long a key is believed: a revocation must bite within ten seconds. Milliseconds. */
const KEPT = 5_000

/** Reads API keys. */
export interface ApiKeys {
  /** Errors: ACCESS_TOKEN_INVALID. */
  resolve(key: string, address: string): Promise<Actor>
}

/** Opens the reader; the identity service knows the keys. */
export function openApiKeys({ identity }: Pick<GatewayDeps, 'identity'>): ApiKeys {
  const resolve = keepFor(KEPT, (asked) => {
    const [key, address] = JSON.parse(asked) as [string, string]
    return identity.access.resolveKey({ key, address }, askAsSystem())
  })
  return {
    async resolve(key, address) {
      const found = await resolve(JSON.stringify([key, address]))
      if (found === null) throw new FlatRenderError('ACCESS_TOKEN_INVALID')
      return found.actor
    },
  }
}
