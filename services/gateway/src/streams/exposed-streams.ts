import type { RawRoutes } from '@flatrender/contracts/call'
import { fileRoutes } from '@flatrender/contracts/files'
import { archiveRoutes } from '@flatrender/contracts/render'
import type { RawClient } from '@flatrender/platform/service'
import type { GatewayDeps, IsSigned } from '../deps.ts'

/** A service's raw routes, and who answers them. */
export interface ExposedStream {
  readonly routes: RawRoutes
  readonly client: RawClient<RawRoutes>
  /** Of routes whose right addresses are outside visitors' limits: nodes of one network get and put by them all day. */
  readonly isSigned?: IsSigned
}

/** By the names of their services. */
export type ExposedStreams = Readonly<Record<string, ExposedStream>>

/** Every raw route that the gateway shows. */
export function listStreams({ files, isSignedFile, archives }: GatewayDeps): ExposedStreams {
  return {
    files: { routes: fileRoutes, client: files, isSigned: isSignedFile },
    archives: { routes: archiveRoutes, client: archives },
  }
}
