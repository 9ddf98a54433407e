import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describeListening } from '../service/describe-listening.ts'
import { mayReadMetrics } from './may-read-metrics.ts'
import { METRICS_TYPE } from './open-metrics.ts'

/** Where numbers are shown, and to whom. */
export interface MetricsDoorOptions {
  readonly host: string
  readonly port: number
  /** Who has it may read; without it this machine alone. */
  readonly token: string | undefined
  readonly write: () => Promise<string>
  /** Can this process work? Throws if not. */
  readonly check: () => Promise<void>
}

/**
 * Shows the numbers of a process without a gateway at `/metrics` of an address of its own, and at `/readyz`, to anybody, whether
 * it can work. Errors: PORT_TAKEN, HOST_UNUSABLE.
 */
export async function listenForMetrics({
  host,
  port,
  token,
  write,
  check,
}: MetricsDoorOptions): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    if (request.method === 'GET' && request.url === '/readyz') {
      const ready = await check().then(
        () => true,
        () => false,
      )
      response.writeHead(ready ? 200 : 503, { 'content-type': 'application/json' })
      return response.end(JSON.stringify({ state: ready ? 'ready' : 'not ready' }))
    }
    if (request.method !== 'GET' || request.url !== '/metrics') return response.writeHead(404).end()
    if (!mayReadMetrics(request, token)) return response.writeHead(401).end()
    try {
      response.setHeader('content-type', METRICS_TYPE).end(await write())
    } catch {
      // A number that can't be counted: whoever reads sees that there are none.
      response.writeHead(500).end()
    }
  })
  try {
    await once(server.listen(port, host), 'listening')
  } catch (cause) {
    throw describeListening(cause, host, port)
  }
  const address = server.address() as AddressInfo
  return {
    url: `http://${host}:${address.port}/metrics`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
