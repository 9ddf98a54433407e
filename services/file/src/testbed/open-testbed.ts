import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Call, DEFAULT_TENANT_ID, rolePermissions } from '@flatrender/contracts/call'
import { type ErrorCode, isFlatRenderError } from '@flatrender/contracts/errors'
import type { Standing } from '@flatrender/contracts/identity'
import { openTestDatabase } from '@flatrender/database/testbed'
import { openSystemDatabase, openTenantDatabase } from '@flatrender/platform/db'
import { type Event, emit } from '@flatrender/platform/events'
import { openStorage, type StorageSettings, serveSigned } from '@flatrender/platform/storage'
import { createRouterClient } from '@orpc/server'
import { sql } from 'kysely'
import { createFileService, type FileDeps, type FileTables } from '../service.ts'

/** A service of a test file's own, on a PostgreSQL and a storage of its own, and what looks behind it. */
export type Testbed = Awaited<ReturnType<typeof openTestbed>>

/** Members of the default tenant, who pay for themselves. */
export const [SARA, OMID] = ['00000000-0000-7000-8000-00000000000a', '00000000-0000-7000-8000-00000000000b']

/** The call of a member, or of an admin. */
export function callOf(id = SARA, role: 'member' | 'admin' = 'member', tenantId = DEFAULT_TENANT_ID): Call {
  return {
    actor: {
      kind: 'user',
      id,
      tenantId,
      visibleTenants: [],
      permissions: [...rolePermissions[role]],
      sessionId: null,
    },
    requestId: 'test',
    address: '192.0.2.1',
    userAgent: 'test',
    idempotencyKey: null,
  }
}

/** The call of FlatRender itself in the tenant of another call. */
export function asSystem(call = callOf()): Call {
  return { ...call, actor: { ...call.actor, kind: 'system', id: null, permissions: [] } }
}

/** Where a service of a test stands: it may be opened by several processes. */
export interface TestPlace {
  readonly url: string
  readonly systemUrl: string
  /** The installation's folder. */
  readonly home: string
  /** In base64. */
  readonly secretKey: string
  /** What each account may store. */
  readonly storageBytes: number
  /** Where contents are; in the folder unless told. */
  readonly storage?: StorageSettings
}

const ON_DISK = {
  FLATRENDER_STORAGE: 'disk',
  FLATRENDER_S3_REGION: '',
  FLATRENDER_S3_PATH_STYLE: false,
} as const

/** Opens what the service stands on; keys are Sara's. */
export async function openDeps({
  url,
  systemUrl,
  home,
  secretKey,
  storageBytes,
  storage,
}: TestPlace): Promise<FileDeps> {
  const secretKeys = { present: Buffer.from(secretKey, 'base64'), former: [] }
  const plan: Standing['plan'] = {
    id: DEFAULT_TENANT_ID,
    slug: 'test',
    monthlyMinutes: null,
    maxShortSidePixels: 720,
    hasWatermark: false,
    storageBytes,
    concurrentRenders: 1,
    priority: 0,
    allowsApi: true,
    maxBatchRows: 0,
  }
  const open = (connections: number) => openTenantDatabase<FileTables>({ url, connections, name: 'test' })
  return {
    database: open(8),
    arrivals: open(2),
    system: openSystemDatabase<FileTables>({ url: systemUrl, connections: 2, name: 'test' }),
    storage: await openStorage({ settings: storage ?? ON_DISK, home, secretKeys }),
    secretKeys,
    identity: {
      plans: {
        standingOf: async ({ userId, keyId }) => {
          const ownerId = keyId === null ? userId : SARA
          return { ownerId, accountId: ownerId ?? DEFAULT_TENANT_ID, plan }
        },
      },
    },
    emit,
  }
}

/** Starts the service on a fresh database and an empty storage, for accounts of so many bytes. */
export async function openTestbed({
  storageBytes = 1_000_000,
  storage,
}: Partial<Pick<TestPlace, 'storageBytes' | 'storage'>> = {}) {
  const database = await openTestDatabase()
  const home = await mkdtemp(path.join(tmpdir(), 'flatrender-file-'))
  const place: TestPlace = {
    url: database.urlOf('flatrender_file'),
    systemUrl: database.urlOf('flatrender_file_system'),
    home,
    secretKey: randomBytes(32).toString('base64'),
    storageBytes,
    ...(storage && { storage }),
  }
  const deps = await openDeps(place)
  const service = createFileService(deps)
  const client = createRouterClient(service.router, { context: (call: Call) => call })
  const ask = <Row>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> =>
    deps.system.transact(async (transaction) => (await query.execute(transaction)).rows)
  const put = (address: string, content: Uint8Array) => putSigned(deps, address, content)
  return {
    place,
    deps,
    client,
    ask,
    put,
    jobs: service.jobs,
    /** Uploads a file whole. */
    async upload(content: Uint8Array, call = callOf(), name = 'cat.png') {
      const upload = await client.uploads.create(
        { name, bytes: content.byteLength, contentType: 'image/png' },
        { context: call },
      )
      await put(upload.url, content)
      return client.uploads.complete({ id: upload.id }, { context: call })
    },
    /** Lets the consumers hear of all that was told, and of it once more. */
    async tellEvents(): Promise<void> {
      const events = await ask(sql<Event>`select id, type, source, subject, tenant_id as "tenantId", data,
        happened_at as "happenedAt", trace from platform.events`)
      for (const event of [...events, ...events])
        for (const { types, handle } of Object.values(service.consumers))
          if (types.includes(event.type)) await handle(event, new AbortController().signal)
    },
    consumers: service.consumers,
    /** The keys of all stored objects. */
    async keys(): Promise<string[]> {
      const keys: string[] = []
      for await (const { key } of deps.storage.list()) keys.push(key)
      return keys.toSorted()
    },
    async close() {
      for (const part of [deps.database, deps.arrivals, deps.system, deps.storage]) await part.close()
      await database.close()
      await rm(home, { recursive: true })
    },
  }
}

/** Sends bytes to a signed address, as the gateway takes them. */
export async function putSigned(deps: FileDeps, address: string, content: Uint8Array): Promise<void> {
  const body = async function* () {
    yield content
  }
  await serveSigned(deps, {
    method: 'PUT',
    url: address.slice('/files'.length),
    headers: {},
    body: body(),
  })
}

/** Says whether an error is one of ours with this code; for `assert.rejects`. */
export function isCode(code: ErrorCode): (error: unknown) => boolean {
  return (error) => {
    if (isFlatRenderError(error, code)) return true
    throw error
  }
}
