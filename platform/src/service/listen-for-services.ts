import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import { answerProblems } from './answer-problems.ts'
import { closeGently } from './close-gently.ts'
import { describeListening } from './describe-listening.ts'
import { type ServedService, serveOverHttp } from './serve-over-http.ts'

/** A door at which other services knock. */
export interface ServiceDoor {
  readonly url: string
  close(): Promise<void>
}

/** Bytes of what one service may send another at once: well over the most that the gateway lets through. */
const BODY_LIMIT = 33_554_432
/** Milliseconds that a service has to send its question. */
const PATIENCE = 30_000

/** Serves services to those of other processes, all at one address. Errors: PORT_TAKEN, HOST_UNUSABLE. */
export async function listenForServices(
  services: readonly ServedService[],
  { host, port }: { readonly host: string; readonly port: number },
): Promise<ServiceDoor> {
  const server = fastify({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    logger: false,
  })
  const gentle = closeGently(server, PATIENCE)
  answerProblems(server, BODY_LIMIT, (error, route) => services[0]?.onError(error, route))
  server.get('/healthz', async () => ({ state: 'alive' }))
  for (const service of services) serveOverHttp(server, service, gentle)
  try {
    await server.listen({ host, port })
  } catch (cause) {
    await server.close()
    throw describeListening(cause, host, port)
  }
  const address = server.server.address() as AddressInfo
  return { url: `http://${host}:${address.port}`, close: () => gentle.close() }
}
