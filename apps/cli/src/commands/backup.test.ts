import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { withClient } from '@flatrender/database'
import { type PostgresServer, startPostgres } from '@flatrender/platform/postgres'
import { openStorage, type StorageSettings } from '@flatrender/platform/storage'
import { startTestS3, type TestS3 } from '@flatrender/platform/testkit'
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
  {
    answer,
    database = 'flatrender',
    secretKey = key,
    aborted = false,
    storage,
    house = 'home',
    embedded = false,
  }: RunOptions = {},
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
      FLATRENDER_HOME: path.join(home, house),
      FLATRENDER_DATABASE_URL: embedded ? undefined : server.url(database),
      FLATRENDER_SECRET_KEY: secretKey === 'none' ? undefined : secretKey,
      ...storage,
      FLATRENDER_S3_PATH_STYLE: 'true',
    },
    folder: home,
    signal: aborted ? AbortSignal.abort() : new AbortController().signal,
  })
  return { code, said: said.join('\n') }
}
interface RunOptions {
  readonly answer?: string
  readonly database?: string
  /** `none`: the one of the folder. */
  readonly secretKey?: string
  readonly aborted?: boolean
  readonly storage?: TestS3['settings']
  readonly house?: string
  /** In the PostgreSQL that comes along. */
  readonly embedded?: boolean
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
  const { code, said } = await run(['backup', file()])
  assert.equal(code, 0, said)
  // Two tenants, and what is there from the start.
  const [, rows] = said.match(/^flatrender is in \S+one\.backup: (\d+) rows, 0 stored files$/) ?? []
  assert.ok(Number(rows) > 2, said)
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
  // The roles are those of the databases beside it too.
  const taken = await run(['restore', file(), '--other-key'], { database: 'third', secretKey })
  assert.match(taken.said, /^DATABASE_ROLES_TAKEN: [^\n]+flatrender, other[^\n]+$/)
  await assert.rejects(ask('third', NAMES), /does not exist/)
  assert.equal((await run(['init-db', '--take-roles'], { database: 'third', secretKey })).code, 0)
  const { code, said } = await run(['restore', file(), '--other-key'], { database: 'third', secretKey })
  assert.equal(code, 0, said)
  // The services log in with the new key: a backup reads as they do.
  assert.equal((await run(['backup', file()], { database: 'third', secretKey })).code, 0)
  assert.equal((await run(['init-db', '--take-roles'])).code, 0)
})

test('a new folder gets no key before the backup was found to be of it; one from the environment is written nowhere', async () => {
  assert.equal((await run(['backup', file()])).code, 0)
  const fresh = { house: 'fresh', embedded: true }
  const refused = await run(['restore', file()], { ...fresh, secretKey: 'none' })
  assert.match(refused.said, /^BACKUP_KEY_DIFFERS: [^\n]+$/)
  assert.ok(!(await readdir(home)).includes('fresh'))
  const { code, said } = await run(['restore', file()], fresh)
  assert.equal(code, 0, said)
  assert.match(
    said,
    /the secret key is in FLATRENDER_SECRET_KEY alone: start with it, or put it into \S+secret\.key$/,
  )
  assert.ok(!(await readdir(path.join(home, 'fresh'))).includes('secret.key'))
  const keyless = await run(['init-db'], { ...fresh, secretKey: 'none' })
  assert.match(keyless.said, /^SECRET_KEY_MISSING: [^\n]+$/)
})

test('stored files go along, from a folder into a bucket and back', async () => {
  const s3 = await startTestS3()
  const secretKeys = { present: Buffer.from(key, 'base64'), former: [] }
  const onDisk = {
    FLATRENDER_STORAGE: 'disk',
    FLATRENDER_S3_REGION: '',
    FLATRENDER_S3_PATH_STYLE: false,
  } as const
  const open = (house: string, settings: StorageSettings = onDisk) =>
    openStorage({ settings, home: path.join(home, house), secretKeys })
  try {
    const big = randomBytes(9_000_000)
    const first = await open('home')
    await first.put('films/یک.mp4', big, { contentType: 'video/mp4' })
    await first.put('films/empty', Buffer.alloc(0))
    const out = await run(['backup', file()])
    assert.match(out.said, / rows, 2 stored files$/)
    const into = { storage: s3.settings, house: 'second' }
    const restored = await run(['restore', file(), '--yes'], into)
    assert.equal(restored.code, 0, restored.said)
    const bucket = await open('second', s3.settings)
    assert.ok((await buffer((await bucket.get('films/یک.mp4')).stream)).equals(big))
    await bucket.put('films/kept', Buffer.from('only here'))
    assert.match((await run(['backup', file()], into)).said, / rows, 3 stored files$/)
    assert.equal((await run(['restore', file(), '--yes'], { house: 'third' })).code, 0)
    const last = await open('third')
    const keys = (await Array.fromAsync(last.list())).map((found) => found.key)
    assert.deepEqual(keys.toSorted(), ['films/empty', 'films/kept', 'films/یک.mp4'])
    const film = await last.get('films/یک.mp4')
    assert.equal(film.contentType, 'video/mp4')
    assert.ok((await buffer(film.stream)).equals(big))
  } finally {
    await s3.close()
  }
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
