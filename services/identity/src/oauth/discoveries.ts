import type { Configuration } from 'openid-client'

/** So many are held; the oldest goes first. */
const CAPACITY = 1_000

/** Gives what an OpenID server says of itself to a client: `ask` is asked where that isn't known, or was heard too long ago. */
export type Discoveries = (client: string, ask: () => Promise<Configuration>) => Promise<Configuration>

/** Remembers what OpenID servers say of themselves, for so many milliseconds: a login asks twice. Failures aren't kept. */
export function openDiscoveries(milliseconds: number): Discoveries {
  const known = new Map<string, { readonly found: Configuration; readonly until: number }>()
  return async (client, ask) => {
    const kept = known.get(client)
    if (kept !== undefined && kept.until > performance.now()) return kept.found
    const found = await ask()
    known.delete(client)
    known.set(client, { found, until: performance.now() + milliseconds })
    for (const oldest of known.keys()) {
      if (known.size <= CAPACITY) break
      known.delete(oldest)
    }
    return found
  }
}
