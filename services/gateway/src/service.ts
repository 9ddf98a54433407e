import type { AddressInfo } from 'node:net'
import { describeListening } from '@flatrender/platform/service'
import type { GatewayDeps } from './deps.ts'
import { createServer } from './server.ts'

export type { GatewayDeps } from './deps.ts'
export { writeOpenApi } from './openapi/write-openapi.ts'
export { API_PREFIX } from './routing/api-prefix.ts'
export { exposedContracts } from './routing/exposed-contracts.ts'

/** The public door, open. */
export interface Gateway {
  readonly url: string
  /** Takes no more requests, ends when those under way have been answered. */
  close(): Promise<void>
}

/** Opens the gateway on an address. Errors: PORT_TAKEN, HOST_UNUSABLE. */
export async function openGateway(
  deps: GatewayDeps,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Gateway> {
  const { server, close } = createServer(deps)
  try {
    await server.listen({ host, port })
  } catch (cause) {
    await close()
    throw describeListening(cause, host, port)
  }
  const address = server.server.address() as AddressInfo
  const shown = host === '0.0.0.0' || host === '::' || host === '127.0.0.1' ? 'localhost' : host
  return { url: `http://${shown}:${address.port}`, close }
}
