import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { withClient } from '@flatrender/database'
import { type PostgresServer, startPostgres } from '@flatrender/platform/postgres'
import { runCommand } from '../run-command.ts'

let home: string
let server: PostgresServer
before(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'flatrender-cli-backup-'))
  server = await startPostgres({ folder: path.join(home, 'data'), password: 'owner', durable: false })
})
after(async () => {
  await server?.close()
  await rm(home, { recursive: true, force: true })
})

const key = randomBytes(32).toString('base64')

/** Runs a command line over a database of the test's own server; `answer` is what the person types. */
async function run(
  args: readonly string[],
  { answer, database = 'flatrender', secretKey = key, aborted = false }: RunOptions = {},
) {
  const said: string[] = []
  const code = await runCommand(['node', 'flatrender', ...args], {
    console: {
      print: (text) => void said.push(text),
      note: (text) => void said.push(text),
      status: () => {},
      terminal: false,
      columns: 80,
      ask: async () => answer,
    },
    environment: {
      FLATRENDER_HOME: path.join(home, 'home'),
      FLATRENDER_DATABASE_URL: server.url(database),
      FLATRENDER_SECRET_KEY: secretKey,
    },
    folder: home,
    signal: aborted ? AbortSignal.abort() : new AbortController().signal,
  })
  return { code, said: said.join('\n') }
}
interface RunOptions {
  readonly answer?: string
  readonly database?: string
  readonly secretKey?: string
  readonly aborted?: boolean
}

const ask = (database: string, question: string) =>
  withClient(server.url(database), async (client) => (await client.query(question)).rows)
const NAMES = 'select name from identity.tenants order by name'
const addTenant = (name: string) =>
  ask(
    'flatrender',
    `insert into identity.tenants (parent_id, kind, slug, name) select id, 'customer', '${name}', '${name}' from identity.tenants where parent_id is null`,
  )
const file = () => path.join(home, 'one.backup')

test('a database goes into a file and comes out of it where there was none', async () => {
  assert.equal((await run(['init-db'])).code, 0)
  await addTenant('first')
  const written = await run(['backup', file()])
  assert.deepEqual(written, { code: 0, said: `flatrender is in ${file()}: 2 rows` })
  const restored = await run(['restore', file()], { database: 'other' })
  assert.equal(restored.code, 0, restored.said)
  assert.match(restored.said, /^database other\n[\s\S]*\nother is as it was at 20[^\n]+Z$/)
  assert.deepEqual(await ask('other', NAMES), [{ name: 'FlatRender' }, { name: 'first' }])
})

test('what is there is replaced once the name was typed, and not before', async () => {
  await addTenant('second')
  for (const answer of [undefined, '', 'other']) {
    const { code, said } = await run(['restore', file()], answer === undefined ? {} : { answer })
    assert.equal(code, 2)
    assert.match(said, /^COMMAND_WRONG: /)
    assert.equal((await ask('flatrender', NAMES)).length, 3)
  }
  assert.equal((await run(['restore', file()], { answer: 'flatrender' })).code, 0)
  assert.equal((await ask('flatrender', NAMES)).length, 2)
  assert.equal((await run(['restore', file(), '--yes'])).code, 0)
})

test('another secret key is told before anything is made; who wants it so gets new passwords', async () => {
  const secretKey = randomBytes(32).toString('base64')
  const refused = await run(['restore', file()], { database: 'third', secretKey })
  assert.equal(refused.code, 2)
  assert.match(refused.said, /^BACKUP_KEY_DIFFERS: [^\n]+$/)
  await assert.rejects(ask('third', NAMES), /does not exist/)
  const { code, said } = await run(['restore', file(), '--other-key'], { database: 'third', secretKey })
  assert.equal(code, 0, said)
  // The services log in with the new key: a backup reads as they do.
  assert.equal((await run(['backup', file()], { database: 'third', secretKey })).code, 0)
  assert.equal((await run(['init-db'])).code, 0)
})

test('no file, no folder and Ctrl-C are one sentence each, and leave nothing', async () => {
  const files = await readdir(home)
  const none = await run(['restore', path.join(home, 'none')])
  assert.match(none.said, /^BACKUP_UNREADABLE: [^\n]+$/)
  const nowhere = await run(['backup', path.join(home, 'nowhere', 'file')])
  assert.match(nowhere.said, /^OUTPUT_FOLDER_MISSING: [^\n]+$/)
  assert.deepEqual([none.code, nowhere.code], [2, 2])
  assert.equal((await run(['backup', path.join(home, 'x')], { aborted: true })).code, 130)
  assert.deepEqual(await readdir(home), files)
})
