import type { FastifyInstance } from 'fastify'

/**
 * Lets requests that expect something be looked at like others, before they send their body: whoever waits for
 * `100 Continue` hears it when the body is wanted, and the refusal otherwise.
 */
export function takeExpectations(server: FastifyInstance): void {
  for (const event of ['checkContinue', 'checkExpectation'])
    server.server.on(event, (request, response) => server.server.emit('request', request, response))
  server.addHook('preParsing', async ({ headers }, reply) => {
    if (headers.expect?.toLowerCase() === '100-continue') reply.raw.writeContinue()
  })
}
