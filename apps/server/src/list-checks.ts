import { callAsSystem } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { openSystemDatabase } from '@flatrender/platform/db'
import type { CronEntry, Job } from '@flatrender/platform/events'
import type { Observer } from '@flatrender/platform/observe'
import { type AskMissing, checkReferences } from '@flatrender/platform/references'
import { type CalledService, type Composition, compose, isComposable } from './compose.ts'
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
 * The jobs of this process's services that check their soft references, each against the services that have the rows. Those
 * are left out of which nobody said where they are.
 */
export function listChecks(
  services: readonly ServiceName[],
  { urlOf }: Ground,
  composition: Composition,
  { metrics, report }: Pick<Observer, 'metrics' | 'report'>,
): ReferenceChecks {
  const ask = listAsked(composition)
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

/** By table, who knows whether its rows are there. */
function listAsked(composition: Composition): Record<string, AskMissing> {
  const context = () => ({ context: callAsSystem() })
  const asked: Record<string, AskMissing> = {}
  const knows = (service: CalledService) => isComposable(composition, service)
  if (knows('identity')) {
    const { access } = compose(composition, 'identity')
    for (const table of ['users', 'tenants', 'tenant_api_keys'] as const)
      asked[`identity.${table}`] = async (ids) => (await access.missing({ of: table, ids }, context())).ids
  }
  if (knows('content')) {
    const { rows } = compose(composition, 'content')
    for (const table of ['templates', 'template_versions'] as const)
      asked[`content.${table}`] = async (ids) => (await rows.missing({ of: table, ids }, context())).ids
  }
  if (knows('file')) {
    const { rows } = compose(composition, 'file')
    asked['file_mgr.files'] = async (ids) => (await rows.missing({ of: 'files', ids }, context())).ids
  }
  return asked
}
