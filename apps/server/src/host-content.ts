import { fileURLToPath } from 'node:url'
import { openTenantDatabase } from '@flatrender/platform/db'
import { emit } from '@flatrender/platform/events'
import { type ContentDeps, createContentService } from '@flatrender/service-content'
import packageJson from '../package.json' with { type: 'json' }
import type { Ground } from './open-ground.ts'

/** Connections to the database. */
const CONNECTIONS = 4

/** Where the starter templates lie, as they are committed. */
const STARTERS = fileURLToPath(new URL('../../../templates', import.meta.url))

/** The content service of this process. */
export interface HostedContent {
  readonly service: ReturnType<typeof createContentService>
  /** Publishes the starter templates that aren't yet; what there is to say of it. */
  publishStarters(): Promise<string>
  close(): Promise<void>
}

/** Opens the content service's door to the database, and the service. */
export function hostContent({ storage, urlOf }: Ground): HostedContent {
  const role = 'flatrender_content'
  const database: ContentDeps['database'] = openTenantDatabase({
    url: urlOf(role),
    connections: CONNECTIONS,
    name: role,
  })
  const service = createContentService({ database, storage, emit, version: packageJson.version })
  return {
    service,
    async publishStarters() {
      const starters = await service.publishStarters(STARTERS)
      const fresh = starters.filter((starter) => starter.fresh).length
      return `${starters.length} starter templates, ${fresh === 0 ? 'as they were' : `${fresh} published`}`
    },
    close: () => database.close(),
  }
}
