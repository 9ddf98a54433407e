import { randomBytes } from 'node:crypto'
import { listenForServices, streamInProcess, streamOverHttp } from '@flatrender/platform/service'
import type { ExposedStream } from '../streams/exposed-streams.ts'
import { createProbeStreams, type SeenStreams, streamRoutes } from './probe-streams.ts'

/** The probe's raw routes as a gateway reaches them. */
export interface ReachedStreams extends ExposedStream {
  readonly seen: SeenStreams
  /** What the service didn't expect. */
  readonly errors: readonly unknown[]
  close(): Promise<void>
}

/** The two ways: by function in the gateway's own process, or over HTTP. */
export const streamShapes = {
  together: async (): Promise<ReachedStreams> => {
    const { handlers, seen } = createProbeStreams()
    const client = streamInProcess(streamRoutes, handlers)
    return { routes: streamRoutes, client, seen, errors: [], close: async () => {} }
  },
  apart: async (): Promise<ReachedStreams> => {
    const { handlers, seen } = createProbeStreams()
    const errors: unknown[] = []
    const { url, key, close } = await serveProbe(handlers, (error) => errors.push(error))
    return { routes: streamRoutes, client: reachProbe(url, key), seen, errors, close }
  },
}

/** Serves the probe to other processes. */
async function serveProbe(
  handlers: ReturnType<typeof createProbeStreams>['handlers'],
  onError: (error: unknown) => void,
) {
  const key = randomBytes(32)
  const streams = { routes: streamRoutes, handlers: streamInProcess(streamRoutes, handlers) }
  const served = { name: 'probe', router: {}, streams, key, onError }
  const door = await listenForServices([served], { host: '127.0.0.1', port: 0 })
  return { url: door.url, key, close: door.close }
}

/** The probe in another process. */
function reachProbe(url: string, key: Uint8Array) {
  return streamOverHttp(streamRoutes, { url, key, service: 'probe', caller: 'gateway' })
}
