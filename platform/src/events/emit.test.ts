import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestDatabase } from '@flatrender/database/testbed'
import { sql } from 'kysely'
import pg from 'pg'
import {
  openSystemDatabase,
  openTenantDatabase,
  type SystemDatabase,
  type TenantDatabase,
} from '../db/open-database.ts'
import { enqueue } from '../jobs/enqueue.ts'
import type { TestDatabase } from '../testkit/open-test-database.ts'
import { emit } from './emit.ts'
import { onceFor } from './once-for.ts'

const [ONE, TWO] = ['00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000002']
const scope = { tenantId: ONE, visibleTenants: [] }
let database: TestDatabase
let tenant: TenantDatabase<unknown>
let system: SystemDatabase<unknown>
let owner: pg.Client
before(async () => {
  database = await openTestDatabase()
  tenant = openTenantDatabase({ url: database.urlOf('flatrender_identity'), connections: 2, name: 'test' })
  system = openSystemDatabase({
    url: database.urlOf('flatrender_identity_system'),
    connections: 2,
    name: 'test',
  })
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await owner.query(
    `insert into platform.subscriptions values ('render.count', 'identity.user.created'), ('file.count', 'identity.user.created')`,
  )
})
after(async () => {
  await Promise.all([tenant?.close(), system?.close(), owner?.end()])
  await database?.close()
})

const count = async () =>
  (
    await owner.query<{ events: number; jobs: number }>(
      `select (select count(*)::int from platform.events) as events, (select count(*)::int from graphile_worker.jobs) as jobs`,
    )
  ).rows[0]
const created = (tenantId: string | null) => ({ type: 'identity.user.created', tenantId, subject: TWO })

test('an event exists, and a job for each who wants it, exactly if the change commits', async () => {
  await assert.rejects(
    tenant.transact(scope, async (transaction) => {
      await emit(transaction, created(ONE))
      throw new Error('undone')
    }),
    /undone/,
  )
  assert.deepEqual(await count(), { events: 0, jobs: 0 })
  await tenant.transact(scope, async (transaction) => {
    await emit(transaction, { ...created(ONE), data: { plan: 'free' }, trace: '00-a-b-01' })
    assert.deepEqual(await count(), { events: 0, jobs: 0 })
  })
  assert.deepEqual(await count(), { events: 1, jobs: 2 })
  await system.transact((transaction) => emit(transaction, created(null)))
  assert.deepEqual(await count(), { events: 2, jobs: 4 })
})

test('what another service or another tenant would have to say is refused', async () => {
  const before = await count()
  const refused = (event: Parameters<typeof emit>[1], why: RegExp) =>
    assert.rejects(
      tenant.transact(scope, (transaction) => emit(transaction, event)),
      why,
    )
  await refused({ ...created(ONE), type: 'render.job.submitted' }, /may not act for render/)
  await refused(created(TWO), /another tenant/)
  await refused(created(null), /another tenant/)
  await assert.rejects(
    system.transact((transaction) => enqueue(transaction, { task: 'render.sweep' })),
    /may not act for render/,
  )
  assert.deepEqual(await count(), before)
})

test('a consumer handles an event once, and what was undone doesn’t count', async () => {
  const once = () => tenant.transact(scope, (transaction) => onceFor(transaction, 'identity.welcome', TWO))
  await assert.rejects(
    tenant.transact(scope, async (transaction) => {
      assert.equal(await onceFor(transaction, 'identity.welcome', TWO), true)
      throw new Error('undone')
    }),
    /undone/,
  )
  // Side by side: the second waits for the first.
  assert.deepEqual((await Promise.all([once(), once()])).sort(), [false, true])
  assert.equal(await system.transact((transaction) => onceFor(transaction, 'identity.welcome', TWO)), false)
  assert.equal(await system.transact((transaction) => onceFor(transaction, 'identity.other', TWO)), true)
  await assert.rejects(
    system.transact((transaction) => onceFor(transaction, 'render.count', TWO)),
    /row-level security/,
  )
})

test('a job waits for its time, and its key keeps it single', async () => {
  const runAt = new Date('2100-01-01T00:00:00Z')
  const add = (payload: { n: number }) =>
    system.transact((transaction) =>
      enqueue(transaction, { task: 'identity.sweep', payload, runAt, key: 'yearly' }),
    )
  await add({ n: 1 })
  const id = await add({ n: 2 })
  const { rows } = await owner.query(
    `select id::text, payload, run_at, key from graphile_worker._private_jobs where key like 'identity.sweep:%'`,
  )
  assert.deepEqual(rows, [{ id, payload: { n: 2 }, run_at: runAt, key: 'identity.sweep:yearly' }])
  await assert.rejects(
    tenant.transact(scope, (transaction) =>
      sql`select platform.enqueue('identity.sweep')`.execute(transaction),
    ),
    /permission denied/,
  )
})
