import { fileURLToPath } from 'node:url'
import { openSystemDatabase, openTenantDatabase } from '@flatrender/platform/db'
import { emit } from '@flatrender/platform/events'
import { type ContentDeps, createContentService } from '@flatrender/service-content'
import packageJson from '../package.json' with { type: 'json' }
import type { Ground, ServiceRole } from './open-ground.ts'

/** Connections of the service's two doors to the database: those that ask for all tenants are few. */
const [CONNECTIONS, SYSTEM_CONNECTIONS] = [4, 2]

/** Where the starter templates lie, as they are committed. */
const STARTERS = fileURLToPath(new URL('../../../templates', import.meta.url))

/** The content service of this process. */
export interface HostedContent {
  readonly service: ReturnType<typeof createContentService>
  /** Publishes the starter templates that aren't yet; what there is to say of it. */
  publishStarters(): Promise<string>
  close(): Promise<void>
}

/** Opens the content service's doors to the database, and the service. */
export function hostContent({ storage, urlOf }: Ground): HostedContent {
  const door = (role: ServiceRole, connections: number) => ({ url: urlOf(role), connections, name: role })
  const database: ContentDeps['database'] = openTenantDatabase(door('flatrender_content', CONNECTIONS))
  const system: ContentDeps['system'] = openSystemDatabase(
    door('flatrender_content_system', SYSTEM_CONNECTIONS),
  )
  const service = createContentService({ database, system, storage, emit, version: packageJson.version })
  return {
    service,
    async publishStarters() {
      const starters = await service.publishStarters(STARTERS)
      const fresh = starters.filter((starter) => starter.fresh).length
      return `${starters.length} starter templates, ${fresh === 0 ? 'as they were' : `${fresh} published`}`
    },
    async close() {
      await database.close()
      await system.close()
    },
  }
}
