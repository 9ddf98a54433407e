import type { AddressInfo } from 'node:net'
import { FlatRenderError } from '@flatrender/contracts/errors'
import fastify from 'fastify'
import { type ServedService, serveOverHttp } from './serve-over-http.ts'

/** A door at which other services knock. */
export interface ServiceDoor {
  readonly url: string
  close(): Promise<void>
}

/** Bytes of what one service may send another at once. */
const BODY_LIMIT = 8_388_608

/** Serves a service to the others at an address of its own. Errors: PORT_TAKEN. */
export async function listenForServices(
  service: ServedService,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<ServiceDoor> {
  const server = fastify({ bodyLimit: BODY_LIMIT, forceCloseConnections: 'idle', logger: false })
  server.get('/healthz', async () => ({ state: 'alive' }))
  serveOverHttp(server, service)
  try {
    await server.listen({ host, port })
  } catch (cause) {
    await server.close()
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause
    throw new FlatRenderError('PORT_TAKEN', { host, port }, { cause })
  }
  const address = server.server.address() as AddressInfo
  return { url: `http://${host}:${address.port}`, close: () => server.close() }
}
