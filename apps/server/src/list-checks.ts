import { type Client, callAsSystem } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { identityContract } from '@flatrender/contracts/identity'
import { openSystemDatabase } from '@flatrender/platform/db'
import type { CronEntry, Job } from '@flatrender/platform/events'
import type { Observer } from '@flatrender/platform/observe'
import { type AskMissing, checkReferences } from '@flatrender/platform/references'
import type { Ground, ServiceRole } from './open-ground.ts'
import type { ServiceName } from './settings.ts'

/** The services with a schema, which is theirs alone, and the roles that see all tenants' rows of it. */
const schemas = {
  identity: { schema: 'identity', role: 'flatrender_identity_system' },
  content: { schema: 'content', role: 'flatrender_content_system' },
  file: { schema: 'file_mgr', role: 'flatrender_file_system' },
  render: { schema: 'render', role: 'flatrender_render_system' },
  notification: { schema: 'notification', role: 'flatrender_notification_system' },
} as const satisfies Partial<Record<ServiceName, { schema: string; role: ServiceRole }>>
type CheckedService = keyof typeof schemas

/** Once a night, when little else is done. */
const NIGHTLY = '53 3 * * *'

/** What tells of soft references to what is gone. */
export interface ReferenceChecks {
  readonly jobs: Readonly<Record<string, Job>>
  readonly cron: readonly CronEntry[]
}

/**
 * The jobs of this process's services that check their soft references, each against the services that have the rows. Where
 * it isn't known where identity is, a service looks at its own schema alone.
 */
export function listChecks(
  services: readonly ServiceName[],
  { urlOf }: Ground,
  identity: Client<typeof identityContract> | undefined,
  { metrics, report }: Pick<Observer, 'metrics' | 'report'>,
): ReferenceChecks {
  const ask = identity === undefined ? {} : askIdentity(identity)
  const check = async (service: CheckedService) => {
    const { schema, role } = schemas[service]
    const system = openSystemDatabase<unknown>({ url: urlOf(role), connections: 1, name: role })
    try {
      for (const { column, dangling, examples } of await checkReferences({ system, schema, ask })) {
        metrics.setDangling(column, dangling)
        if (dangling === 0) continue
        const told = { column, count: dangling, examples: examples.join(', ') }
        report(new FlatRenderError('REFERENCES_DANGLING', told), 'references')
      }
    } finally {
      await system.close()
    }
  }
  const checked = (Object.keys(schemas) as CheckedService[]).filter((service) => services.includes(service))
  return {
    jobs: Object.fromEntries(checked.map((service) => [nameOf(service), () => check(service)])),
    cron: checked.map((service) => ({ job: nameOf(service), at: NIGHTLY })),
  }
}

function nameOf(service: CheckedService) {
  return `${service}.check-references`
}

function askIdentity(identity: Client<typeof identityContract>): Record<string, AskMissing> {
  const of = (table: 'users' | 'tenants' | 'tenant_api_keys'): AskMissing => {
    return async (ids) => {
      const { ids: gone } = await identity.access.missing({ of: table, ids }, { context: callAsSystem() })
      return gone
    }
  }
  return {
    'identity.users': of('users'),
    'identity.tenants': of('tenants'),
    'identity.tenant_api_keys': of('tenant_api_keys'),
  }
}
