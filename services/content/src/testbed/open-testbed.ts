import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Call, DEFAULT_TENANT_ID, rolePermissions } from '@flatrender/contracts/call'
import { type ErrorCode, isFlatRenderError } from '@flatrender/contracts/errors'
import { openTestDatabase } from '@flatrender/database/testbed'
import { openSystemDatabase, openTenantDatabase } from '@flatrender/platform/db'
import { emit } from '@flatrender/platform/events'
import { openStorage } from '@flatrender/platform/storage'
import { createRouterClient } from '@orpc/server'
import type { sql } from 'kysely'
import { type ContentDeps, type ContentTables, createContentService } from '../service.ts'

/** A service of a test file's own, on a PostgreSQL and a storage of its own, and what looks behind it. */
export type Testbed = Awaited<ReturnType<typeof openTestbed>>

/** The starter templates as they are committed. */
export const STARTERS = path.join(import.meta.dirname, '../../../../templates')

/** The call of a member of a tenant: the default one, or one below it. */
export function callOf(tenantId = DEFAULT_TENANT_ID, visibleTenants: string[] = []): Call {
  return {
    actor: {
      kind: 'user',
      id: '00000000-0000-7000-8000-000000000001',
      tenantId,
      visibleTenants,
      permissions: [...rolePermissions.member],
      sessionId: null,
    },
    requestId: 'test',
    address: '192.0.2.1',
    userAgent: 'test',
    idempotencyKey: null,
  }
}

/** The call of FlatRender itself in the tenant of another call. */
export function asSystem(call: Call): Call {
  return { ...call, actor: { ...call.actor, kind: 'system', id: null, permissions: [] } }
}

/** Starts the service on a fresh database and an empty storage; `more` is what it is told beside. */
export async function openTestbed(more: Partial<ContentDeps> = {}) {
  const database = await openTestDatabase()
  const home = await mkdtemp(path.join(tmpdir(), 'flatrender-content-'))
  const secretKeys = { present: randomBytes(32), former: [] }
  const settings = {
    FLATRENDER_STORAGE: 'disk',
    FLATRENDER_S3_REGION: '',
    FLATRENDER_S3_PATH_STYLE: false,
  } as const
  const url = database.urlOf('flatrender_content')
  const system = openSystemDatabase<ContentTables>({
    url: database.urlOf('flatrender_content_system'),
    connections: 2,
    name: 'test',
  })
  const deps: ContentDeps = {
    database: openTenantDatabase<ContentTables>({ url, connections: 4, name: 'test' }),
    system,
    storage: await openStorage({ settings, home, secretKeys }),
    emit,
    version: '2.0.0-alpha.1',
    ...more,
  }
  const service = createContentService(deps)
  return {
    deps,
    consumers: service.consumers,
    url,
    /** The installation's folder. */
    home,
    secretKeys,
    publishStarters: service.publishStarters,
    client: createRouterClient(service.router, { context: (call: Call) => call }),
    ask: <Row>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> =>
      system.transact(async (transaction) => (await query.execute(transaction)).rows),
    /** The keys of all stored files. */
    async keys(): Promise<string[]> {
      const keys: string[] = []
      for await (const { key } of deps.storage.list()) keys.push(key)
      return keys.toSorted()
    },
    async close() {
      await Promise.all([deps.database.close(), system.close(), deps.storage.close()])
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
