import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { changeUrl, derivePassword, prepareDatabase, withClient } from '@flatrender/database'
import { keepPostgres } from '../postgres/keep-postgres.ts'
import { startWorker } from './start-worker.ts'

const KILLS = 3
const JOBS_PER_KILL = 300
const WAIT = { interval: 100, timeout: 60_000 }

/** A server of its own that is started again when it is killed. */
async function openKept(t: TestContext) {
  const home = await mkdtemp(path.join(tmpdir(), 'flatrender-kills-'))
  const folder = path.join(home, 'data')
  const kept = await keepPostgres({ folder, password: 'owner', durable: true }, () => {})
  t.after(async () => {
    await kept.close()
    await rm(home, { recursive: true, force: true })
  })
  const secretKey = randomBytes(32)
  const ownerUrl = kept.url('flatrender')
  await prepareDatabase({ ownerUrl, secretKey })
  const user = 'flatrender_worker'
  const kill = async () => {
    const [pid] = (await readFile(path.join(folder, 'postmaster.pid'), 'utf8')).split('\n')
    process.kill(Number(pid), 'SIGKILL')
  }
  return { ownerUrl, url: changeUrl(ownerUrl, { user, password: derivePassword(secretKey, user) }), kill }
}

test('PostgreSQL is killed again and again amid a load: all is done, and a worker can close', async (t) => {
  const { ownerUrl, url, kill } = await openKept(t)
  const ask = (statement: string) =>
    withClient(ownerUrl, async (client) => (await client.query(statement)).rows)
  const done = new Set<number>()
  const told: { code: unknown; what: string }[] = []
  const worker = await startWorker({
    url,
    host: 'test',
    services: ['render'],
    consumers: {},
    jobs: {
      'render.quick': async (payload) => {
        const { n } = payload as { n: number }
        await setTimeout(5)
        // What fails is written down by another statement than what is done.
        if (n % 5 === 0 && Math.random() < 0.5) throw Object.assign(new Error('not yet'), { code: 'SHAKY' })
        done.add(n)
      },
    },
    cron: [],
    concurrency: 4,
    onError: (error, what) => void told.push({ code: (error as { code?: unknown }).code, what }),
    timing: { beat: 0.2, silence: 2, poll: 0.1, patience: 2 },
  })
  let total = 0
  try {
    for (let round = 0; round < KILLS; round++) {
      await ask(`select graphile_worker.add_job('render.quick', json_build_object('n', n), max_attempts => 25)
        from generate_series(${total}, ${total + JOBS_PER_KILL - 1}) n`)
      const before = done.size
      total += JOBS_PER_KILL
      await t.waitFor(() => assert.ok(done.size > before + 20), WAIT)
      await kill()
      await t.waitFor(async () => {
        await ask('update graphile_worker._private_jobs set run_at = now() where locked_at is null')
        assert.deepEqual(await ask('select id from graphile_worker._private_jobs'), [])
      }, WAIT)
    }
    assert.equal(done.size, total)
  } finally {
    await worker.close()
  }
  // Of each loss one line, or two where a connection's end is heard of after PostgreSQL is back; none of a bug.
  const losses = told.filter(({ code }) => code === 'DATABASE_LOST')
  assert.ok(losses.length >= 1 && losses.length <= 2 * KILLS, JSON.stringify(losses))
  assert.deepEqual(
    told.filter(({ code }) => code !== 'DATABASE_LOST' && code !== 'SHAKY'),
    [],
  )
  assert.deepEqual(await ask('select id from platform.workers'), [])
})

test('a queue that looks for nothing is given up, and what its last look would have taken is left to the next', async (t) => {
  const { ownerUrl, url } = await openKept(t)
  const done: unknown[] = []
  const told: unknown[] = []
  const worker = await startWorker({
    url,
    host: 'test',
    services: ['render'],
    consumers: {},
    jobs: { 'render.quick': async (payload) => void done.push(payload) },
    cron: [],
    concurrency: 2,
    onError: (error) => void told.push((error as { code?: unknown }).code),
    timing: { beat: 0.2, silence: 1, poll: 0.1, patience: 1 },
  })
  try {
    const first = worker.id
    await withClient(ownerUrl, async (client) => {
      await client.query(
        "select graphile_worker.add_job('render.quick', '{}', run_at => now() + interval '1 s')",
      )
      // PostgreSQL answers; the look alone waits.
      await client.query('begin; lock table graphile_worker._private_jobs in access exclusive mode')
      await t.waitFor(() => assert.notEqual(worker.id, first), WAIT)
      assert.ok(told.includes('JOB_QUEUE_STALLED'), JSON.stringify(told))
      // Starting again doesn't help: whoever asks hears that nothing is taken.
      await t.waitFor(() => assert.rejects(worker.check(), { code: 'JOB_QUEUE_STALLED' }), WAIT)
      await client.query('commit')
    })
    await t.waitFor(() => assert.equal(done.length, 1), WAIT)
    await t.waitFor(() => worker.check(), WAIT)
  } finally {
    await worker.close()
  }
})
