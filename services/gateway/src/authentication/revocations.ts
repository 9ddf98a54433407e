import type { Actor } from '@flatrender/contracts/call'
import { callAsSystem } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { GatewayDeps } from '../deps.ts'
import { keepFor } from './keep-for.ts'

/** A token outlives its login by this much at most. Milliseconds. */
const KEPT = 3_000

/** Knows which tokens and keys are no longer to be believed though they have not expired. */
export interface Revocations {
  /** Errors: ACCESS_TOKEN_INVALID, TENANT_SUSPENDED. */
  assertBelieved(actor: Actor): Promise<void>
}

/** Opens it. While the identity service doesn't answer, nobody is believed. */
export function openRevocations({ identity }: Pick<GatewayDeps, 'identity'>): Revocations {
  const ask = keepFor(KEPT, async () => {
    const { sessions, users, tenants, keys } = await identity.access.revocations(
      {},
      { context: callAsSystem() },
    )
    return {
      sessions: new Set(sessions),
      actors: new Set([...users, ...keys]),
      tenants: new Set(tenants),
    }
  })
  return {
    async assertBelieved({ id, sessionId, tenantId }) {
      const revoked = await ask('revocations')
      if (revoked.tenants.has(tenantId)) throw new FlatRenderError('TENANT_SUSPENDED')
      if (id !== null && revoked.actors.has(id)) throw new FlatRenderError('ACCESS_TOKEN_INVALID')
      if (sessionId !== null && revoked.sessions.has(sessionId))
        throw new FlatRenderError('ACCESS_TOKEN_INVALID')
    },
  }
}
