import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { changeUrl, derivePassword, prepareDatabase, withClient } from '@flatrender/database'
import { openServer } from '@flatrender/database/testbed'
import { startWorker } from './start-worker.ts'

/** Stops a server and those of its processes that serve workers, as a machine that hangs does; gives what wakes them. */
async function freeze(ownerUrl: string): Promise<() => void> {
  const pids = await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ pid: number }>(
      "select pid from pg_stat_activity where usename = 'flatrender_worker'",
    )
    const { rows: places } = await client.query<{ data_directory: string }>('show data_directory')
    const file = path.join(places[0]!.data_directory, 'postmaster.pid')
    const [server] = (await readFile(file, 'utf8')).split('\n')
    return [Number(server), ...rows.map(({ pid }) => pid)]
  })
  const signal = (name: NodeJS.Signals) => {
    for (const pid of pids) process.kill(pid, name)
  }
  signal('SIGSTOP')
  return () => signal('SIGCONT')
}

/** A server of its own: the shared one would stand still for everybody. */
async function openPrepared(t: TestContext) {
  const server = await openServer()
  t.after(() => server.close())
  const secretKey = randomBytes(32)
  const ownerUrl = server.url('flatrender')
  await prepareDatabase({ ownerUrl, secretKey })
  const user = 'flatrender_worker'
  return { ownerUrl, url: changeUrl(ownerUrl, { user, password: derivePassword(secretKey, user) }) }
}

test('a worker closes though PostgreSQL has stopped answering in the middle of a job', async (t) => {
  const { ownerUrl, url } = await openPrepared(t)
  const begun = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const worker = await startWorker({
    url,
    host: 'test',
    services: ['render'],
    consumers: {},
    jobs: {
      'render.slow': () => {
        begun.resolve()
        return gate.promise
      },
    },
    cron: [],
    concurrency: 2,
    onError: () => {},
    timing: { beat: 0.2, silence: 1, poll: 0.1, patience: 1 },
  })
  await withClient(ownerUrl, (client) => client.query("select graphile_worker.add_job('render.slow')"))
  await begun.promise
  const wake = await freeze(ownerUrl)
  try {
    const closing = worker.close()
    gate.resolve()
    // A statement waits a minute for its answer.
    const ended = await Promise.race([
      closing.then(() => 'closed'),
      setTimeout(40_000, 'waits', { ref: false }),
    ])
    assert.equal(ended, 'closed')
  } finally {
    wake()
  }
})
