import { openSystemDatabase, openTenantDatabase } from '@flatrender/platform/db'
import { emit } from '@flatrender/platform/events'
import { createRenderService, type RenderDeps } from '@flatrender/service-render'
import packageJson from '../package.json' with { type: 'json' }
import { apiUrlOf, type Ground, type ServiceRole } from './open-ground.ts'
import type { Settings } from './settings.ts'

/** Connections of each of the service's two doors to the database. */
const CONNECTIONS = 8

/** Signs of life that a node gives within the time of a lease. */
const BEATS = 6

/** The render service of this process. */
export interface HostedRender {
  readonly service: ReturnType<typeof createRenderService>
  close(): Promise<void>
}

/** Opens the render service's doors to the database, and the service. */
export function hostRender(
  settings: Settings,
  { storage, secretKeys, outbound, urlOf }: Ground,
  report: NonNullable<RenderDeps['report']>,
  others: Pick<RenderDeps, 'identity' | 'content' | 'files'>,
): HostedRender {
  const door = (role: ServiceRole) => ({ url: urlOf(role), connections: CONNECTIONS, name: role })
  const database: RenderDeps['database'] = openTenantDatabase(door('flatrender_render'))
  const system: RenderDeps['system'] = openSystemDatabase(door('flatrender_render_system'))
  const service = createRenderService({
    ...others,
    database,
    system,
    storage,
    secretKeys,
    outbound,
    emit,
    apiUrl: apiUrlOf(settings),
    version: packageJson.version,
    report,
    config: {
      leaseSeconds: settings.FLATRENDER_RENDER_LEASE_SECONDS,
      heartbeatSeconds: settings.FLATRENDER_RENDER_LEASE_SECONDS / BEATS,
      spotCheckShare: settings.FLATRENDER_RENDER_SPOT_CHECK_SHARE,
      exportDays: settings.FLATRENDER_RENDER_EXPORT_DAYS,
      recreateDays: settings.FLATRENDER_RENDER_RECREATE_DAYS,
      segmentDays: settings.FLATRENDER_RENDER_SEGMENT_DAYS,
    },
  })
  return {
    service,
    async close() {
      await service.close()
      await database.close()
      await system.close()
    },
  }
}
