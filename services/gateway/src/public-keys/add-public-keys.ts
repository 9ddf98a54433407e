import { callAsSystem } from '@flatrender/contracts/call'
import type { FastifyInstance } from 'fastify'
import { keepFor } from '../authentication/keep-for.ts'
import type { GatewayDeps } from '../deps.ts'

/**
 * Seconds that the keys are kept, here and by whoever asks. A key is shown for 30 days before it signs, and for an hour after it
 * signed last, when its last token has long expired: nobody misses one.
 */
const KEPT = 300

/**
 * `/.well-known/jwks.json`: the public halves of the keys that sign access tokens (RFC 7517), for other programs that are sent
 * them. All tenants' tokens are signed by the same.
 */
export function addPublicKeys(server: FastifyInstance, { identity }: Pick<GatewayDeps, 'identity'>): void {
  const kept = keepFor(KEPT * 1000, async () => {
    const { keys } = await identity.access.jwks({}, { context: callAsSystem() })
    return JSON.stringify({ keys })
  })
  server.get('/.well-known/jwks.json', async (_request, reply) => {
    const keys = await kept('keys')
    return reply
      .header('cache-control', `public, max-age=${KEPT}`)
      .header('cross-origin-resource-policy', 'cross-origin')
      .type('application/jwk-set+json')
      .send(keys)
  })
}
