import type { Client } from '@flatrender/contracts/call'
import type { identityContract } from '@flatrender/contracts/identity'
import { openSystemDatabase, openTenantDatabase } from '@flatrender/platform/db'
import { emit } from '@flatrender/platform/events'
import { createFileService, type FileDeps } from '@flatrender/service-file'
import type { Ground, ServiceRole } from './open-ground.ts'

/** Connections of the service's two doors to the database, and of those files that are read through at the same time. */
const [CONNECTIONS, ARRIVALS] = [4, 2]

/** The file service of this process. */
export interface HostedFile {
  readonly service: ReturnType<typeof createFileService>
  close(): Promise<void>
}

/** Opens the file service's doors to the database, and the service. */
export function hostFile(
  { storage, secretKeys, urlOf }: Ground,
  identity: Client<typeof identityContract>,
): HostedFile {
  const door = (role: ServiceRole, connections = CONNECTIONS) => ({
    url: urlOf(role),
    connections,
    name: role,
  })
  const database: FileDeps['database'] = openTenantDatabase(door('flatrender_file'))
  const arrivals: FileDeps['arrivals'] = openTenantDatabase(door('flatrender_file', ARRIVALS))
  const system: FileDeps['system'] = openSystemDatabase(door('flatrender_file_system'))
  return {
    service: createFileService({ database, arrivals, system, storage, secretKeys, identity, emit }),
    async close() {
      for (const opened of [database, arrivals, system]) await opened.close()
    },
  }
}
