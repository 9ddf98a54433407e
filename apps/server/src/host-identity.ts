import { randomBytes } from 'node:crypto'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { openSystemDatabase, openTenantDatabase } from '@flatrender/platform/db'
import { emit } from '@flatrender/platform/events'
import { createIdentityService, createOwner, type IdentityDeps } from '@flatrender/service-identity'
import type { Ground, ServiceRole } from './open-ground.ts'
import type { Settings } from './settings.ts'

/** Connections of each of the service's two doors to the database. */
const CONNECTIONS = 8

/** The identity service of this process. */
export interface HostedIdentity {
  readonly service: ReturnType<typeof createIdentityService>
  /** Makes the default tenant's owner if it has none: their password, or undefined if there was one. */
  makeOwner(): Promise<string | undefined>
  close(): Promise<void>
}

/** Opens the identity service's doors to the database, and the service. */
export function hostIdentity(
  settings: Settings,
  { secretKeys, outbound, urlOf }: Ground,
  report: NonNullable<IdentityDeps['report']>,
  keepers: IdentityDeps['keepers'],
): HostedIdentity {
  const door = (role: ServiceRole) => ({ url: urlOf(role), connections: CONNECTIONS, name: role })
  const database: IdentityDeps['database'] = openTenantDatabase(door('flatrender_identity'))
  const system: IdentityDeps['system'] = openSystemDatabase(door('flatrender_identity_system'))
  const publicUrl = settings.FLATRENDER_PUBLIC_URL
  const dnsServers = settings.FLATRENDER_DNS_SERVERS
  const deps: IdentityDeps = {
    database,
    system,
    secretKeys,
    keepers,
    outbound,
    emit,
    publicUrl,
    localProviders: settings.FLATRENDER_LOCAL_PROVIDERS,
    report,
    requestLogDays: settings.FLATRENDER_REQUEST_LOG_DAYS,
    ...(dnsServers && { dnsServers }),
  }
  return {
    service: createIdentityService(deps),
    async makeOwner() {
      const password = randomBytes(12).toString('base64url')
      const email = settings.FLATRENDER_OWNER_EMAIL
      const made = await createOwner(deps, { tenantId: DEFAULT_TENANT_ID, email, password, name: '' })
      return made ? password : undefined
    },
    async close() {
      await database.close()
      await system.close()
    },
  }
}
