import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { changeUrl, withClient } from './connect.ts'
import { prepareDatabase } from './prepare-database.ts'
import { derivePassword } from './role-password.ts'
import { openPlainOwner } from './testbed/open-plain-owner.ts'
import { openServer, type TestServer } from './testbed/open-server.ts'

const secretKey = randomBytes(32)
const TENANT = '00000000-0000-0000-0000-000000000001'
let server: TestServer
let ownerUrl: string
before(async () => {
  server = await openServer()
  // What an owner without special rights may do, every owner may.
  ownerUrl = await openPlainOwner(server, secretKey)
  await prepareDatabase({ ownerUrl, secretKey })
})
after(() => server.close())

const urlOf = (role: string) =>
  role === 'owner' ? ownerUrl : changeUrl(ownerUrl, { user: role, password: derivePassword(secretKey, role) })
const ask = (role: string, question: string, values: unknown[] = []) =>
  withClient(urlOf(role), async (client) => (await client.query<Row>(question, values)).rows)
type Row = Record<string, unknown>

const JOBS = `select task_identifier as task, key, payload from graphile_worker._private_jobs job
  join (select id, identifier as task_identifier from graphile_worker._private_tasks) task on task.id = job.task_id order by job.id`

test('the second time changes nothing of the queue', async () => {
  const look = () =>
    ask(
      'owner',
      `select c.oid, c.relacl::text, p.polname from pg_class c left join pg_policy p on p.polrelid = c.oid
       where c.relnamespace = 'graphile_worker'::regnamespace order by 1, 3`,
    )
  const [before, migrations] = [await look(), await ask('owner', 'select * from graphile_worker.migrations')]
  await prepareDatabase({ ownerUrl, secretKey })
  assert.deepEqual(await look(), before)
  assert.deepEqual(await ask('owner', 'select * from graphile_worker.migrations'), migrations)
})

test('an event becomes one job for each consumer that wants it, and the worker sees them', async () => {
  await ask(
    'flatrender_worker',
    `insert into platform.subscriptions values ('render.count', 'identity.user.created'), ('file.count', 'identity.user.created')`,
  )
  const emit = 'select platform.emit($1, $2, null) as id'
  const [event] = await ask('flatrender_identity_system', emit, ['identity.user.created', TENANT])
  const id = event?.id as string
  assert.deepEqual(await ask('flatrender_worker', JOBS), [
    { task: 'file.count', key: null, payload: { event: id } },
    { task: 'render.count', key: null, payload: { event: id } },
  ])
  await ask('flatrender_worker', 'delete from graphile_worker._private_jobs')
})

test('a service leaves work of its own to the workers, as its system role alone', async () => {
  const enqueue = 'select platform.enqueue($1, $2, now(), $3)'
  await ask('flatrender_render_system', enqueue, ['render.sweep', '{"once":1}', 'nightly'])
  await ask('flatrender_render_system', enqueue, ['render.sweep', '{"once":2}', 'nightly'])
  await ask('flatrender_render_system', 'select platform.enqueue($1)', ['render.sweep'])
  assert.deepEqual(await ask('flatrender_worker', JOBS), [
    { task: 'render.sweep', key: 'render.sweep:nightly', payload: { once: 2 } },
    { task: 'render.sweep', key: null, payload: {} },
  ])
  const refused = (role: string, task: string, why: RegExp) =>
    assert.rejects(ask(role, enqueue, [task, '{}', null]), why)
  await refused('flatrender_render_system', 'file.sweep', /may not act for file/)
  await refused('flatrender_render_system', 'platform.remove_expired', /may not act for platform/)
  await refused('flatrender_render_system', 'render', /<service>.<task>/)
  await refused('flatrender_render', 'render.sweep', /permission denied/)
})

test('no service reaches the queue but through its functions', async () => {
  for (const role of ['flatrender_render', 'flatrender_render_system']) {
    await assert.rejects(ask(role, 'select * from graphile_worker.jobs'), /permission denied/)
    await assert.rejects(ask(role, "select graphile_worker.add_job('file.sweep')"), /permission denied/)
  }
})

test('workers remove what is old, and nothing else', async () => {
  await ask(
    'owner',
    `insert into platform.events (type, source, happened_at) values
      ('identity.user.old', 'identity', now() - interval '31 days'), ('identity.user.young', 'identity', now() - interval '29 days')`,
  )
  const key = `insert into platform.idempotency_keys (tenant_id, service, actor_id, procedure, key, request_hash, expires_at)
    values ($1, 'identity', $1, 'p', $2, '', now() + $3::interval)`
  await ask('flatrender_identity_system', key, [TENANT, 'old', '-1 second'])
  await ask('flatrender_identity_system', key, [TENANT, 'young', '1 minute'])
  const handle = 'insert into platform.handled_events values ($1, platform.uuid_v7(), now() - $2::interval)'
  await ask('flatrender_render', handle, ['render.count', '32 days'])
  await ask('flatrender_render_system', handle, ['render.count', '30 days'])
  await assert.rejects(ask('flatrender_render', handle, ['file.count', '0']), /row-level security/)
  const remove = (table: string) =>
    withClient(
      urlOf('flatrender_worker'),
      async (client) => (await client.query(`delete from platform.${table}`)).rowCount,
    )
  assert.deepEqual(await Promise.all(['events', 'idempotency_keys', 'handled_events'].map(remove)), [1, 1, 1])
  assert.deepEqual(
    await ask('owner', "select type from platform.events where type like 'identity.user.%' order by 1"),
    [{ type: 'identity.user.created' }, { type: 'identity.user.young' }],
  )
  assert.deepEqual(await ask('flatrender_identity_system', 'select key from platform.idempotency_keys'), [
    { key: 'young' },
  ])
  await assert.rejects(
    ask('flatrender_worker', 'select answer from platform.idempotency_keys'),
    /permission denied/,
  )
})
