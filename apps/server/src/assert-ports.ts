import { once } from 'node:events'
import { createServer } from 'node:net'
import { describeListening } from '@flatrender/platform/service'
import { type ServiceName, type Settings, serviceNames } from './settings.ts'

/**
 * Makes sure that this process can listen where it is to, before anything is made: a password that is shown once should
 * not be followed by a refusal. Errors: PORT_TAKEN, HOST_UNUSABLE.
 */
export async function assertPorts(settings: Settings, services: readonly ServiceName[]): Promise<void> {
  const withGateway = services.includes('gateway')
  const isAsked = services.some((service) => service !== 'gateway')
  if (withGateway) await tryListening(settings.FLATRENDER_HOST, settings.FLATRENDER_PORT)
  if (isAsked && services.length < serviceNames.length)
    await tryListening(settings.FLATRENDER_INTERNAL_HOST, settings.FLATRENDER_INTERNAL_PORT)
  if (!withGateway) await tryListening(settings.FLATRENDER_METRICS_HOST, settings.FLATRENDER_METRICS_PORT)
}

async function tryListening(host: string, port: number): Promise<void> {
  const server = createServer()
  try {
    await once(server.listen(port, host), 'listening')
  } catch (cause) {
    throw describeListening(cause, host, port)
  }
  server.close()
  await once(server, 'close')
}
