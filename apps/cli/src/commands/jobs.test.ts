import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { prepareDatabase, withClient } from '@flatrender/database'
import { openServer, type TestServer } from '@flatrender/database/testbed'
import { runCommand } from '../run-command.ts'

const key = randomBytes(32)
let home: string
let server: TestServer
before(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'flatrender-cli-jobs-'))
  server = await openServer()
  await prepareDatabase({ ownerUrl: server.url('flatrender'), secretKey: key })
})
after(async () => {
  await server?.close()
  await rm(home, { recursive: true, force: true })
})

async function run(...args: string[]) {
  const [printed, noted]: [string[], string[]] = [[], []]
  const code = await runCommand(['node', 'flatrender', 'jobs', ...args], {
    console: {
      print: (text) => void printed.push(text),
      note: (text) => void noted.push(text),
      status: () => {},
      terminal: false,
      columns: 80,
      ask: async () => undefined,
    },
    environment: {
      FLATRENDER_HOME: home,
      FLATRENDER_DATABASE_URL: server.url('flatrender'),
      FLATRENDER_SECRET_KEY: key.toString('base64'),
    },
    folder: home,
    signal: new AbortController().signal,
  })
  return { code, printed, noted: noted.join('\n') }
}
const ask = (statement: string) =>
  withClient(server.url('flatrender'), async (client) => (await client.query(statement)).rows)
const add = (task: string, change: string) =>
  ask(`with added as (select (graphile_worker.add_job('${task}', '{"sealedEmail": "c2VjcmV0"}')).id)
    select id::text from added`).then(async ([row]) => {
    await ask(`update graphile_worker._private_jobs set ${change} where id = ${row!.id}`)
    return row!.id as string
  })

test('what was given up is listed without what it was given, and tried again when it is named', async () => {
  assert.deepEqual(await run('list'), { code: 0, printed: [], noted: 'no job is dead' })
  const failed = "attempts = max_attempts, last_error = E'the mail server is away\\n  at send'"
  const first = await add('notification.mail', failed)
  const second = await add('identity.keep-months', 'attempts = max_attempts')
  await add('notification.mail', 'attempts = 3')
  assert.deepEqual(await run('list'), {
    code: 0,
    printed: [
      `${first}  notification.mail  25 attempts  the mail server is away`,
      `${second}  identity.keep-months  25 attempts  its process was killed`,
    ],
    noted: '2 jobs are dead',
  })
  const { printed } = await run('list', '--json')
  assert.match(JSON.parse(printed[0]!).error, /at send$/)
  assert.doesNotMatch(printed.join(), /sealed/)
  assert.deepEqual((await run('replay', first, '999')).printed, [first])
  assert.deepEqual((await run('replay', first)).printed, [])
  assert.deepEqual((await run('replay', '--all')).printed, [second])
  assert.equal((await run('list')).noted, 'no job is dead')
  assert.deepEqual(await ask('select attempts from graphile_worker._private_jobs order by id'), [
    { attempts: 0 },
    { attempts: 0 },
    { attempts: 3 },
  ])
})

test('who names no job, or something else, is told', async () => {
  for (const args of [['replay'], ['replay', '1', '--all'], ['replay', 'first']])
    assert.match((await run(...args)).noted, /COMMAND_WRONG|name the jobs|no id/)
})
