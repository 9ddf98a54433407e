import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { after, before, type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { openTestDatabase } from '@flatrender/database/testbed'
import pg from 'pg'
import { openSystemDatabase, type SystemDatabase } from '../db/open-database.ts'
import { emit } from '../events/emit.ts'
import type { Event } from '../events/event.ts'
import type { TestDatabase } from '../testkit/open-test-database.ts'
import { enqueue } from './enqueue.ts'
import { startWorker, type Worker } from './start-worker.ts'
import type { WorkerOptions } from './worker-options.ts'

const TENANT = '00000000-0000-0000-0000-000000000001'
const timing = { beat: 0.2, silence: 1, poll: 0.1, patience: 1 }
let database: TestDatabase
let render: SystemDatabase<unknown>
let owner: pg.Client
let errors: { message: string; what: string }[] = []
before(async () => {
  database = await openTestDatabase()
  render = openSystemDatabase({
    url: database.urlOf('flatrender_render_system'),
    connections: 2,
    name: 'test',
  })
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
})
after(async () => {
  await Promise.all([render?.close(), owner?.end()])
  await database?.close()
})

/** A worker that is closed with the test. */
async function start(t: TestContext, options: Partial<WorkerOptions>): Promise<Worker> {
  errors = []
  const worker = await startWorker({
    url: database.urlOf('flatrender_worker'),
    host: 'test',
    services: ['render', 'file'],
    consumers: {},
    jobs: {},
    cron: [],
    concurrency: 3,
    onError: ({ message }, what) => void errors.push({ message, what }),
    timing,
    ...options,
  })
  t.after(() => worker.close())
  return worker
}

const ask = async (question: string, values: unknown[] = []) => (await owner.query(question, values)).rows
const tell = (type: string) =>
  render.transact((transaction) =>
    emit(transaction, { type, tenantId: TENANT, subject: TENANT, data: { frames: 3 }, trace: '00-1-2-01' }),
  )
const add = (task: string) =>
  render.transact((transaction) => enqueue(transaction, { task, payload: { n: 1 } }))
const until = (t: TestContext, condition: () => unknown) =>
  t.waitFor(async () => assert.ok(await condition()), { interval: 20, timeout: 10_000 })
const isEmpty = async () => (await ask('select id from graphile_worker.jobs')).length === 0

test('each consumer of a type gets it once, and jobs what they were given; the rest is left alone', async (t) => {
  const got: [string, unknown][] = []
  const consumer = (name: string, ...types: string[]) => ({
    [`${name}`]: { types, handle: async (event: Event) => void got.push([name, event]) },
  })
  const worker = await start(t, {
    consumers: {
      ...consumer('render.count', 'render.job.submitted', 'render.job.failed'),
      ...consumer('file.count', 'render.job.submitted'),
      ...consumer('file.other', 'render.job.failed'),
    },
    jobs: { 'render.sweep': async (payload) => void got.push(['render.sweep', payload]) },
  })
  assert.deepEqual(await ask('select services, host, pid from platform.workers where id = $1', [worker.id]), [
    { services: ['render', 'file'], host: 'test', pid: process.pid },
  ])
  const id = await tell('render.job.submitted')
  await Promise.all([add('render.sweep'), add('render.unknown')])
  await until(t, () => got.length === 3)
  const [row] = await ask('select happened_at from platform.events where id = $1', [id])
  const event = {
    id,
    type: 'render.job.submitted',
    source: 'render',
    subject: TENANT,
    tenantId: TENANT,
    data: { frames: 3 },
    happenedAt: row.happened_at,
    trace: '00-1-2-01',
  }
  const sorted = got.sort(([a], [b]) => a.localeCompare(b))
  assert.deepEqual(sorted, [
    ['file.count', event],
    ['render.count', event],
    ['render.sweep', { n: 1 }],
  ])
  const waiting = () => ask('select task_identifier as task, attempts from graphile_worker.jobs')
  await until(t, async () => (await waiting()).length === 1)
  assert.deepEqual(await waiting(), [{ task: 'render.unknown', attempts: 0 }])
  await ask('delete from graphile_worker._private_jobs')
  assert.deepEqual(errors, [])
})

test('subscriptions stay while nobody runs, and follow what a consumer wants', async (t) => {
  const got: string[] = []
  const handle = async ({ type }: Event) => void got.push(type)
  const before = await startWorker({
    ...(await optionsOf()),
    consumers: { 'render.late': { types: ['render.job.done', 'render.job.old'], handle } },
  })
  await before.close()
  await tell('render.job.done')
  await start(t, { consumers: { 'render.late': { types: ['render.job.done'], handle } } })
  await until(t, () => got.length === 1)
  await tell('render.job.old')
  assert.deepEqual(await ask("select type from platform.subscriptions where consumer = 'render.late'"), [
    { type: 'render.job.done' },
  ])
  await until(t, isEmpty)
  assert.deepEqual(got, ['render.job.done'])
})

test('a consumer that its service no longer has wants nothing; those of other services stay', async (t) => {
  const handle = async () => {}
  const before = await startWorker({
    ...(await optionsOf()),
    consumers: {
      'render.gone': { types: ['render.job.done'], handle },
      'render.kept': { types: ['render.job.done'], handle },
    },
  })
  await before.close()
  await ask("insert into platform.subscriptions values ('content.count', 'render.job.done')")
  await start(t, { consumers: { 'render.kept': { types: ['render.job.done'], handle } } })
  const WANT = "select consumer from platform.subscriptions where type = 'render.job.done' order by 1"
  assert.deepEqual(await ask(WANT), [{ consumer: 'content.count' }, { consumer: 'render.kept' }])
  await ask("delete from platform.subscriptions where consumer = 'content.count'")
})

test('what throws is told, and tried again until it works', async (t) => {
  let attempts = 0
  await start(t, {
    jobs: {
      'render.shaky': async () => {
        if (++attempts < 3) throw new Error('not yet')
      },
    },
  })
  await add('render.shaky')
  for (const failed of [1, 2]) {
    const READY =
      'update graphile_worker._private_jobs set run_at = now() where attempts = $1 and locked_at is null returning id'
    await until(t, async () => (await ask(READY, [failed])).length === 1)
  }
  await until(t, isEmpty)
  assert.equal(attempts, 3)
  assert.deepEqual(errors, Array(2).fill({ message: 'not yet', what: 'render.shaky' }))
})

test('what has failed for good stays, is listed, and runs when it is replayed', async (t) => {
  let works = false
  const worker = await start(t, {
    jobs: {
      'render.broken': async () => {
        if (!works) throw new Error('broken')
      },
    },
  })
  await add('render.broken')
  await until(
    t,
    async () =>
      (
        await ask(
          'update graphile_worker._private_jobs set attempts = 24, run_at = now() where attempts = 1 and locked_at is null returning id',
        )
      ).length === 1,
  )
  await until(t, async () => (await worker.listDeadJobs()).length === 1)
  const [dead] = await worker.listDeadJobs()
  assert.deepEqual(
    { ...dead, id: '', createdAt: undefined },
    { id: '', task: 'render.broken', payload: { n: 1 }, attempts: 25, error: 'broken', createdAt: undefined },
  )
  works = true
  assert.deepEqual(await worker.replayDeadJobs(['0', dead!.id]), [dead!.id])
  await until(t, isEmpty)
  assert.deepEqual(await worker.replayDeadJobs([dead!.id]), [])
})

test('a job that was asked for again while its process died is no dead one, and goes by housekeeping', async (t) => {
  const runAt = new Date(Date.now() + 3_600_000)
  const askFor = () =>
    render.transact((transaction) => enqueue(transaction, { task: 'render.keyed', key: 'one', runAt }))
  await askFor()
  await ask("update graphile_worker._private_jobs set locked_at = now(), locked_by = 'gone', attempts = 1")
  await askFor()
  await ask('update graphile_worker._private_jobs set locked_at = null, locked_by = null')
  assert.equal((await ask('select id from graphile_worker.jobs where attempts = max_attempts')).length, 1)
  const worker = await start(t, {})
  assert.deepEqual(await worker.listDeadJobs(), [])
  assert.equal((await worker.countJobs()).dead, 0)
  await ask("select graphile_worker.add_job('platform.remove_expired')")
  await until(t, async () => (await ask('select id from graphile_worker.jobs')).length === 1)
  await ask('delete from graphile_worker._private_jobs')
})

test('the job of a killed process is taken over', async (t) => {
  const child = spawn(
    process.execPath,
    [fileURLToPath(import.meta.resolve('./fixtures/hang.ts')), database.urlOf('flatrender_worker')],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  t.after(() => child.kill('SIGKILL'))
  await add('render.hang')
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  let taken = 0
  await start(t, { jobs: { 'render.hang': async () => void taken++ } })
  await until(t, isEmpty)
  assert.equal(taken, 1)
  assert.equal((await ask('select id from platform.workers')).length, 1)
})

test('a worker that closes waits for what it does, and takes nothing more', async (t) => {
  const steps: string[] = []
  const gate = Promise.withResolvers<void>()
  t.after(() => gate.resolve())
  const worker = await startWorker({
    ...(await optionsOf()),
    concurrency: 1,
    jobs: {
      'render.slow': async () => {
        steps.push('begun')
        await gate.promise
        steps.push('done')
      },
    },
  })
  await Promise.all([add('render.slow'), add('render.slow')])
  await until(t, () => steps.length === 1)
  const closing = worker.close().then(() => steps.push('closed'))
  gate.resolve()
  await closing
  assert.deepEqual(steps, ['begun', 'done', 'closed'])
  assert.deepEqual(await ask('delete from graphile_worker._private_jobs returning locked_by'), [
    { locked_by: null },
  ])
  assert.deepEqual(await ask('select id from platform.workers'), [])
})

test('PostgreSQL goes away in the middle of a job and comes back: everything is done', async (t) => {
  const gate = Promise.withResolvers<void>()
  t.after(() => gate.resolve())
  const done: string[] = []
  await start(t, {
    jobs: {
      'render.slow': async () => {
        done.push('begun')
        await gate.promise
      },
      'render.next': async () => void done.push('next'),
    },
  })
  await add('render.slow')
  await until(t, () => done.length === 1)
  const name = new URL(database.ownerUrl).pathname.slice(1)
  // Nobody may shut out those with whom they are connected.
  const other = new pg.Client({ connectionString: new URL('/postgres', database.ownerUrl).href })
  await other.connect()
  t.after(() => other.end())
  const allow = (may: boolean) => other.query(`alter database ${name} allow_connections ${may}`)
  await allow(false)
  await ask(
    "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'flatrender_worker' and datname = $1",
    [name],
  )
  gate.resolve()
  await until(t, () => errors.some(({ what }) => what === 'heartbeat'))
  await until(t, () => errors.some(({ what }) => what === 'queue'))
  await allow(true)
  await add('render.next')
  await until(t, () => done.includes('next'))
  // It was done, but that could not be written down: it comes again.
  await until(t, isEmpty)
})

test('old events go by housekeeping, which the queue knows as a regular job', async (t) => {
  await ask(
    `insert into platform.events (id, type, source, happened_at) values
      ('00000000-0000-7000-8000-000000000001', 'render.job.old', 'render', now() - interval '31 days'),
      ('00000000-0000-7000-8000-000000000002', 'render.job.awaited', 'render', now() - interval '31 days'),
      ('00000000-0000-7000-8000-000000000003', 'render.job.young', 'render', now() - interval '29 days'),
      ('00000000-0000-7000-8000-000000000004', 'render.job.forsaken', 'render', now() - interval '31 days')`,
  )
  // Nobody has the one consumer any more; of the other no process runs.
  await ask("insert into platform.subscriptions values ('content.count', 'render.job.awaited')")
  await ask(
    `select graphile_worker.add_job('content.count', '{"event":"00000000-0000-7000-8000-000000000002"}'),
      graphile_worker.add_job('render.gone', '{"event":"00000000-0000-7000-8000-000000000004"}'),
      graphile_worker.add_job('platform.remove_expired')`,
  )
  await start(t, {})
  await until(t, async () => (await ask('select id from graphile_worker.jobs')).length === 1)
  assert.deepEqual(
    await ask(
      "select type from platform.events where id < '00000000-0000-7000-8000-000000000005' order by id",
    ),
    [{ type: 'render.job.awaited' }, { type: 'render.job.young' }],
  )
  assert.deepEqual(await ask('select identifier from graphile_worker._private_known_crontabs'), [
    { identifier: 'platform.remove_expired' },
  ])
  assert.deepEqual(errors, [])
})

test('a database without a queue, and one that isn’t there, are told', async () => {
  const attempt = async (url: string) => startWorker({ ...(await optionsOf()), url })
  const bare = new URL(database.ownerUrl)
  bare.pathname = '/postgres'
  await assert.rejects(attempt(bare.href), (error) => isFlatRenderError(error, 'JOB_QUEUE_MISSING'))
  await assert.rejects(attempt('postgres://me:hidden@127.0.0.1:1/nowhere'), (error) => {
    assert.ok(isFlatRenderError(error, 'DATABASE_UNREACHABLE'))
    assert.doesNotMatch(error.message, /hidden/)
    return true
  })
  await assert.rejects(
    startWorker({ ...(await optionsOf()), jobs: { 'content.sweep': async () => {} } }),
    /content.sweep/,
  )
})

async function optionsOf(): Promise<WorkerOptions> {
  return {
    url: database.urlOf('flatrender_worker'),
    host: 'test',
    services: ['render', 'file'],
    consumers: {},
    jobs: {},
    cron: [],
    concurrency: 1,
    onError: ({ message }, what) => void errors.push({ message, what }),
    timing,
  }
}
