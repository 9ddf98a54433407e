import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { withClient } from '@flatrender/database'
import { type PostgresServer, startPostgres } from '@flatrender/platform/postgres'
import { runCommand } from './run-command.ts'

let home: string
let server: PostgresServer
before(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'flatrender-init-db-'))
  server = await startPostgres({ folder: path.join(home, 'data'), password: 'owner', durable: false })
})
after(async () => {
  await server?.close()
  await rm(home, { recursive: true, force: true })
})

/** Runs a command line against the test's own server; `answer` is what the person types. */
async function run(args: readonly string[], answer?: string, environment: NodeJS.ProcessEnv = {}) {
  const said: string[] = []
  const code = await runCommand(['node', 'flatrender', 'init-db', ...args], {
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
      FLATRENDER_DATABASE_URL: server.url('flatrender'),
      ...environment,
    },
    folder: home,
    signal: new AbortController().signal,
  })
  return { code, said: said.join('\n') }
}

const countTenants = () =>
  withClient(
    server.url('flatrender'),
    async (client) => (await client.query('select count(*)::int as n from identity.tenants')).rows[0]?.n,
  )

test('a database is made ready, step by step; the second time says that it was', async () => {
  const first = await run([])
  assert.equal(first.code, 0, first.said)
  assert.match(
    first.said,
    /^database flatrender\n00_setup\n01_identity_tenants\n[\s\S]*14_notification\nflatrender is ready$/,
  )
  assert.deepEqual(await run([]), { code: 0, said: 'flatrender is ready as it was' })
  const key = path.join(home, 'home', 'secret.key')
  if (process.platform !== 'win32') assert.equal((await stat(key)).mode & 0o777, 0o600)
})

test('nothing is deleted before the name was typed', async () => {
  await withClient(server.url('flatrender'), (client) =>
    client.query(
      "insert into identity.tenants (parent_id, kind, slug, name) select id, 'customer', 'x', 'X' from identity.tenants",
    ),
  )
  for (const answer of [undefined, '', 'no']) {
    const { code, said } = await run(['--reset'], answer)
    assert.equal(code, 2)
    assert.match(said, /^COMMAND_WRONG: /)
    assert.equal(await countTenants(), 2)
  }
  assert.equal((await run(['--reset'], 'flatrender')).code, 0)
  assert.equal(await countTenants(), 1)
  assert.equal((await run(['--reset', '--yes'])).code, 0)
})

test('the roles are printed for an administrator, without a password', async () => {
  const { code, said } = await run(['--print-roles'])
  assert.equal(code, 0)
  assert.match(said, /create role flatrender_identity login in role flatrender_services/)
  await withClient(server.url('postgres'), (client) => client.query(said))
  const key = (await readFile(path.join(home, 'home', 'secret.key'), 'utf8')).trim()
  assert.ok(!said.includes(key))
})

test('a wrong address, an older database and a wrong key are one sentence each', async () => {
  const nowhere = await run([], undefined, { FLATRENDER_DATABASE_URL: 'postgres://me:hidden@127.0.0.1:1/x' })
  assert.equal(nowhere.code, 1)
  assert.match(nowhere.said, /^DATABASE_UNREACHABLE: [^\n]+$/)
  assert.doesNotMatch(nowhere.said, /hidden/)
  assert.match(
    (await run([], undefined, { FLATRENDER_DATABASE_URL: 'mysql://x' })).said,
    /^SETTING_INVALID: /,
  )
  assert.match((await run([], undefined, { FLATRENDER_SECRET_KEY: 'short' })).said, /^SECRET_KEY_INVALID: /)
  await withClient(server.url('flatrender'), (client) =>
    client.query("update platform.migrations set checksum = 'x' where name = '05_content_taxonomy'"),
  )
  const old = await run([])
  assert.equal(old.code, 1)
  assert.match(old.said, /^DATABASE_OUTDATED: [^\n]+init-db --reset[^\n]+$/)
})
