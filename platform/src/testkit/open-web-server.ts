import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A web server of a test. */
export interface WebServer {
  /** On 127.0.0.1, at a free port. */
  readonly url: string
  /** Says what it answers, once its address is known. */
  answer(listener: RequestListener): void
  close(): Promise<void>
}

/** Opens a web server on this machine, to be given what it answers. */
export async function openWebServer(): Promise<WebServer> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    answer: (listener) => void server.on('request', listener),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
