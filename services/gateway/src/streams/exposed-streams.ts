import type { RawRoutes } from '@flatrender/contracts/call'
import { fileRoutes } from '@flatrender/contracts/files'
import { archiveRoutes } from '@flatrender/contracts/render'
import type { RawClient } from '@flatrender/platform/service'
import type { GatewayDeps } from '../deps.ts'

/** A service's raw routes, and who answers them. */
export interface ExposedStream {
  readonly routes: RawRoutes
  readonly client: RawClient<RawRoutes>
}

/** By the names of their services. */
export type ExposedStreams = Readonly<Record<string, ExposedStream>>

/** Every raw route that the gateway shows. */
export function listStreams({ files, archives }: GatewayDeps): ExposedStreams {
  return {
    files: { routes: fileRoutes, client: files },
    archives: { routes: archiveRoutes, client: archives },
  }
}
