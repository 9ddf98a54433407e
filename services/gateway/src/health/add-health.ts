import { callAsSystem } from '@flatrender/contracts/call'
import type { FastifyInstance } from 'fastify'
import { keepFor } from '../authentication/keep-for.ts'
import type { GatewayDeps } from '../deps.ts'

/** Milliseconds that an answer is kept: whoever asks as often as they like asks neither the database nor the storage. */
const KEPT = 1_000

/** `/healthz`: this process lives. `/readyz`: and can work, with the database and the services that it needs. */
export function addHealth(server: FastifyInstance, { identity, check, onError }: GatewayDeps): void {
  server.get('/healthz', async () => ({ state: 'alive' }))
  const ready = keepFor(KEPT, async (): Promise<unknown> => {
    // Its answer comes from the database.
    const asked = identity.access.revocations({}, { context: callAsSystem() }).then(() => check?.())
    const failure = await asked.then(
      () => undefined,
      (error: unknown) => error,
    )
    if (failure !== undefined) onError(failure, { id: '', route: 'GET /readyz' })
    return failure
  })
  server.get('/readyz', async (_request, reply) => {
    if ((await ready('ready')) === undefined) return { state: 'ready' }
    return reply.code(503).type('application/json').send({ state: 'not ready' })
  })
}
