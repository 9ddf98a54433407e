import type { Render } from '../deps.ts'
import { findEnded } from './spot-checks-system-store.ts'
import { spotObjectKey } from './spot-order.ts'

/** Removes what nodes put for spot checks that have ended: the comparison is all that was wanted. */
export async function removeSpotFiles({ system, storage }: Render): Promise<void> {
  for (const check of await system.ask(findEnded))
    for (const turn of [2, 3] as const) await storage.delete(spotObjectKey(check, turn))
}
