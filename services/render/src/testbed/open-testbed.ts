import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type BuiltInRole, type Call, DEFAULT_TENANT_ID, rolePermissions } from '@flatrender/contracts/call'
import { type ErrorCode, isFlatRenderError } from '@flatrender/contracts/errors'
import { openTestDatabase } from '@flatrender/database/testbed'
import { openSystemDatabase, openTenantDatabase } from '@flatrender/platform/db'
import { emit } from '@flatrender/platform/events'
import { openStorage } from '@flatrender/platform/storage'
import { createRouterClient } from '@orpc/server'
import type { sql } from 'kysely'
import { openRender } from '../deps.ts'
import { createRenderService, type RenderDeps, type RenderTables } from '../service.ts'

/** A service of a test file's own, on a PostgreSQL and a storage of its own, and what looks behind it. */
export type Testbed = Awaited<ReturnType<typeof openTestbed>>

/** The call of somebody of a tenant: of the default one with a member's rights unless told. */
export function callOf({
  tenantId = DEFAULT_TENANT_ID,
  role = 'member' as BuiltInRole,
  userId = '00000000-0000-7000-8000-000000000001',
} = {}): Call {
  return {
    actor: {
      kind: 'user',
      id: userId,
      tenantId,
      visibleTenants: tenantId === DEFAULT_TENANT_ID ? [] : [DEFAULT_TENANT_ID],
      permissions: [...rolePermissions[role]],
      sessionId: null,
    },
    requestId: 'test',
    address: '192.0.2.1',
    userAgent: 'test',
    idempotencyKey: null,
  }
}

/** The call of FlatRender itself in a tenant. */
export function callAsSystem(tenantId = DEFAULT_TENANT_ID): Call {
  const call = callOf({ tenantId })
  return { ...call, actor: { ...call.actor, kind: 'system', id: null, permissions: [] } }
}

/** A service that a test has no use for: whatever is asked of it fails, and says so. */
function absent<Service extends object>(name: string): Service {
  return new Proxy({} as Service, {
    get() {
      throw new Error(`this test says nothing of ${name}`)
    },
  })
}

/** Starts the service on a fresh database and an empty storage; `more` is what it is told beside. */
export async function openTestbed(more: Partial<RenderDeps> = {}) {
  const database = await openTestDatabase()
  const home = await mkdtemp(path.join(tmpdir(), 'flatrender-render-'))
  const secretKeys = { present: randomBytes(32), former: [] }
  const settings = {
    FLATRENDER_STORAGE: 'disk',
    FLATRENDER_S3_REGION: '',
    FLATRENDER_S3_PATH_STYLE: false,
  } as const
  const deps: RenderDeps = {
    database: openTenantDatabase<RenderTables>({
      url: database.urlOf('flatrender_render'),
      connections: 4,
      name: 'test',
    }),
    system: openSystemDatabase<RenderTables>({
      url: database.urlOf('flatrender_render_system'),
      connections: 6,
      name: 'test',
    }),
    storage: await openStorage({ settings, home, secretKeys }),
    secretKeys,
    identity: absent('identity'),
    content: absent('content'),
    files: absent('files'),
    outbound: absent('outbound'),
    emit,
    apiUrl: '',
    version: '2.0.0-alpha.1',
    ...more,
  }
  const service = createRenderService(deps)
  return {
    deps,
    /** What use cases stand on, to call them by themselves. */
    render: openRender(deps),
    service,
    client: createRouterClient(service.router, { context: (call: Call) => call }),
    database,
    ask: <Row>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> =>
      deps.system.transact(async (transaction) => (await query.execute(transaction)).rows),
    async close() {
      await service.close()
      await Promise.all([deps.database.close(), deps.system.close(), deps.storage.close()])
      await database.close()
      await rm(home, { recursive: true })
    },
  }
}

/** Says whether an error is one of ours with this code; for `assert.rejects`. */
export function isCode(code: ErrorCode): (error: unknown) => boolean {
  return (error) => {
    if (isFlatRenderError(error, code)) return true
    throw error
  }
}
