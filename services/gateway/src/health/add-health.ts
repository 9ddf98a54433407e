import type { FastifyInstance } from 'fastify'
import { askAsSystem } from '../authentication/ask-as-system.ts'
import type { GatewayDeps } from '../deps.ts'

/** `/healthz`: this process lives. `/readyz`: and can work, with the database and the services that it needs. */
export function addHealth(server: FastifyInstance, { identity, onError }: GatewayDeps): void {
  server.get('/healthz', async () => ({ state: 'alive' }))
  server.get('/readyz', async (request, reply) => {
    try {
      // Its answer comes from the database.
      await identity.access.revocations({}, askAsSystem())
      return { state: 'ready' }
    } catch (error) {
      onError(error, { id: request.id, route: 'GET /readyz' })
      return reply.code(503).type('application/json').send({ state: 'not ready' })
    }
  })
}
