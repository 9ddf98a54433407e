import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import { type ErrorCode, isFlatRenderError } from '@flatrender/contracts/errors'
import type { Client } from 'pg'
import { changeUrl, withClient } from '../connect.ts'
import { listMigrations } from '../list-migrations.ts'
import { prepareDatabase } from '../prepare-database.ts'
import { derivePassword } from '../role-password.ts'
import { openPlainOwner } from '../testbed/open-plain-owner.ts'
import { openServer, type TestServer } from '../testbed/open-server.ts'
import { backupDatabase } from './backup-database.ts'
import { checkBackup } from './check-backup.ts'
import { isUntouched } from './is-untouched.ts'
import { listTables } from './list-tables.ts'
import type { TakeFile } from './read-backup.ts'
import { restoreDatabase } from './restore-database.ts'
import { fillDatabase } from './testbed/fill-database.ts'

const secretKey = randomBytes(32)
const keyId = '01020304'
let server: TestServer
let folder: string
/** An owner who may do nothing else: what it may, every owner may. */
let ownerUrl: string
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'flatrender-backup-'))
  server = await openServer()
  ownerUrl = await openPlainOwner(server, secretKey)
  await prepareDatabase({ ownerUrl, secretKey })
  await asAdmin('plain', fillDatabase)
})
after(async () => {
  await server?.close()
  await rm(folder, { recursive: true, force: true })
})

/** Policies don't bind an administrator. */
const asAdmin = <Result>(database: string, work: (client: Client) => Promise<Result>) =>
  withClient(server.url(database), work)
const fileOf = (name: string) => path.join(folder, name)
const backup = (file: string, signal?: AbortSignal) =>
  backupDatabase({ ownerUrl, secretKey, keyId, file, ...(signal && { signal }) })

/** A prepared database of the same owner, with nothing in it. */
async function prepareFresh(name: string): Promise<string> {
  await asAdmin('postgres', (client) => client.query(`create database ${name} owner plain`))
  const url = changeUrl(ownerUrl, { database: name })
  await prepareDatabase({ ownerUrl: url, secretKey })
  return url
}

async function restore(url: string, file: string, signal?: AbortSignal) {
  const summary = await checkBackup({ file, keyId })
  await restoreDatabase({ ownerUrl: url, file, summary, putFile, ...(signal && { signal }) })
}

/** Every row of every table that is kept, as PostgreSQL writes it. */
const readRows = (database: string) =>
  asAdmin(database, async (client) => {
    const seen: Record<string, unknown[]> = {}
    for (const { table, columns } of await listTables(client)) {
      const kept = columns.filter((column) => column !== 'locked_at' && column !== 'locked_by')
      const chosen = table.startsWith('graphile_worker') ? kept.join(', ') : '*'
      const { rows } = await client.query(
        `select t::text as row from (select ${chosen} from ${table}) t order by 1`,
      )
      seen[table] = rows.map(({ row }: { row: string }) => row)
    }
    return seen
  })

/** For backups without stored files. */
const putFile = async () => assert.fail('no file is in it')

const fails = (work: Promise<unknown>, code: ErrorCode) =>
  assert.rejects(work, (error) => isFlatRenderError(error, code) || assert.fail(String(error)))

test('every row comes back as it was, while an owner who may nothing else does it', async () => {
  const file = fileOf('round')
  const { parts } = await backup(file)
  const before = await readRows('plain')
  const counts = new Map<string, number>()
  for (const { table, rows } of parts) counts.set(table, (counts.get(table) ?? 0) + rows)
  for (const [table, rows] of Object.entries(before)) assert.equal(counts.get(table), rows.length, table)
  const filled = Object.keys(before).filter((table) => before[table]!.length > 0)
  assert.equal(new Set(filled.map((table) => table.split('.')[0])).size, 8, filled.join())
  const url = await prepareFresh('fresh')
  assert.equal(await isUntouched(url), true)
  await restore(url, file)
  assert.deepEqual(await readRows('fresh'), before)
  assert.equal(await isUntouched(url), false)
  // A second time, over rows that are there.
  await restore(url, file)
  assert.deepEqual(await readRows('fresh'), before)
  if (process.platform !== 'win32') assert.equal((await stat(file)).mode & 0o777, 0o600)
})

test('what was restored is guarded, numbered and worked on as before', async () => {
  await asAdmin('fresh', async (client) => {
    const { rows } = await client.query(
      'select relname from pg_class where relrowsecurity and not relforcerowsecurity and relnamespace in (select oid from pg_namespace where nspname = any ($1))',
      [['identity', 'content', 'studio', 'render', 'file_mgr', 'notification']],
    )
    assert.deepEqual(rows, [])
    await client.query("select graphile_worker.add_job('render.keep')")
    const { rows: held } = await client.query(
      'select 1 from graphile_worker._private_jobs where locked_at is not null or locked_by is not null',
    )
    assert.deepEqual(held, [])
    await assert.rejects(client.query('update identity.audit_logs set action = action'), /append-only/)
    await client.query('delete from graphile_worker._private_jobs where key is null and run_at < now()')
  })
  await withClient(changeUrl(ownerUrl, { database: 'fresh' }), async (client) =>
    assert.deepEqual((await client.query('select * from identity.users')).rows, []),
  )
})

test('stored files come back as they were, and a damaged one is found before anything changes', async () => {
  const file = fileOf('files')
  const big = randomBytes(3_000_001)
  const stored = new Map([
    ['a/فیلم.mp4', big],
    ['empty', Buffer.alloc(0)],
  ])
  const files = async function* () {
    for (const [key, bytes] of stored) {
      const halves = [bytes.subarray(0, 1_500_000), bytes.subarray(1_500_000)]
      yield {
        key,
        contentType: 'video/mp4',
        content: Readable.from(halves.filter(({ length }) => length > 0)),
      }
    }
  }
  const written = await backupDatabase({ ownerUrl, secretKey, keyId, file, files })
  assert.deepEqual([written.files.count, written.files.bytes], [2, big.length])
  const summary = await checkBackup({ file, keyId })
  assert.deepEqual(summary, written)
  const found = new Map<string, Buffer>()
  const keep: TakeFile = async ({ key, contentType }, content) => {
    assert.equal(contentType, 'video/mp4')
    found.set(key, await buffer(content))
  }
  const url = changeUrl(ownerUrl, { database: 'fresh' })
  await restoreDatabase({ ownerUrl: url, file, summary, putFile: keep })
  assert.deepEqual(found, stored)
  const refuse: TakeFile = async () => {
    throw new Error('the disk is full')
  }
  const before = await readRows('fresh')
  await asAdmin('fresh', (client) =>
    client.query("update identity.tenants set name = 'kept' where slug = 'leaf'"),
  )
  await assert.rejects(restoreDatabase({ ownerUrl: url, file, summary, putFile: refuse }), /the disk is full/)
  assert.notDeepEqual(await readRows('fresh'), before)
  const damaged = gunzipSync(await readFile(file))
  damaged[damaged.indexOf(big.subarray(1_600_000, 1_600_016))]! ^= 1
  await writeFile(file, gzipSync(damaged))
  await fails(checkBackup({ file, keyId }), 'BACKUP_UNREADABLE')
  await restore(url, fileOf('round'))
})

test('a backup is one moment, for all roles that read it, whoever goes on writing', async () => {
  const url = changeUrl(ownerUrl, {
    user: 'flatrender_identity_system',
    password: derivePassword(secretKey, 'flatrender_identity_system'),
  })
  const WRITE = `begin;
    insert into identity.credit_entries (tenant_id, account_id, kind, amount, balance_after, reference)
      select tenant_id, account_id, 'grant', 7, balance + 7, platform.uuid_v7()::text from identity.credit_accounts;
    update identity.credit_accounts set balance = balance + 7;
    select platform.emit('identity.credit.granted', null, null); commit`
  let writing = true
  let written = 0
  const writer = withClient(url, async (client) => {
    for (; writing; written++) await client.query(WRITE)
  })
  const target = await prepareFresh('moment')
  const started = written
  const file = fileOf('moment')
  await backup(file)
  const ended = written
  writing = false
  await writer
  await restore(target, file)
  await asAdmin('moment', async (client) => {
    const { rows } =
      await client.query(`select (select sum(balance) from identity.credit_accounts)::int as balance,
      (select sum(amount) from identity.credit_entries)::int as entries,
      (select count(*) from platform.events where type = 'identity.credit.granted')::int as events`)
    const { balance, entries, events } = rows[0]
    assert.equal(balance, entries)
    assert.equal(events * 7, entries)
    assert.ok(events >= started && events < ended, `${started} ${events} ${ended}`)
  })
})

test('a damaged, torn or foreign file is refused, and nothing is changed', async () => {
  const file = fileOf('round')
  const whole = await readFile(file)
  const before = await readRows('fresh')
  const other = fileOf('other')
  const refuses = async (bytes: Buffer, code: ErrorCode = 'BACKUP_UNREADABLE') => {
    await writeFile(other, bytes)
    await fails(restore(changeUrl(ownerUrl, { database: 'fresh' }), other), code)
  }
  for (let at = 0; at < 40; at++) {
    const place = 10 + Math.floor((at * (whole.length - 10)) / 40)
    const damaged = Buffer.from(whole)
    damaged[place]! ^= 1
    await refuses(damaged)
  }
  for (const length of [0, 5, 100, whole.length >> 1, whole.length - 9, whole.length - 1])
    await refuses(whole.subarray(0, length))
  await refuses(Buffer.concat([whole, whole]))
  const inner = gunzipSync(whole)
  // Whoever zips it again gets past the sum of gzip, and not past ours.
  const at = inner.indexOf('Ada@Example.org')
  const changed = Buffer.from(inner)
  changed[at] = 'E'.charCodeAt(0)
  await refuses(gzipSync(changed))
  await refuses(gzipSync(Buffer.from('hello')))
  await fails(checkBackup({ file: fileOf('none'), keyId }), 'BACKUP_UNREADABLE')
  await fails(checkBackup({ file, keyId: '0a0b0c0d' }), 'BACKUP_KEY_DIFFERS')
  await checkBackup({ file, keyId: '0a0b0c0d', otherKey: true })
  assert.deepEqual(await readRows('fresh'), before)
})

test('what psql alone has run is taken as it is', async () => {
  const SEEN = "update platform.migrations set checksum = $1 where name = '00_setup' returning checksum"
  const { checksum } = (await listMigrations()).find(({ name }) => name === '00_setup')!
  await asAdmin('plain', (client) => client.query(SEEN, [null]))
  await backup(fileOf('psql'))
  await checkBackup({ file: fileOf('psql'), keyId })
  await asAdmin('plain', (client) => client.query(SEEN, [checksum]))
})

test('a backup of other migrations is refused by name', async () => {
  const file = fileOf('old')
  await asAdmin('plain', (client) =>
    client.query("update platform.migrations set checksum = 'x' where name = '05_content_taxonomy'"),
  )
  await backup(file)
  await assert.rejects(checkBackup({ file, keyId }), (error) => {
    assert.ok(isFlatRenderError(error, 'BACKUP_OUTDATED'))
    assert.match(error.message, /05_content_taxonomy/)
    return true
  })
})

test('a database in which workers live is left alone', async () => {
  const beat = "insert into platform.workers (id, services, host, pid) values ('w', '{}', 'desk', 1)"
  await asAdmin('fresh', (client) => client.query(beat))
  await fails(restore(changeUrl(ownerUrl, { database: 'fresh' }), fileOf('round')), 'DATABASE_IN_USE')
  await asAdmin('fresh', (client) => client.query("delete from platform.workers where id = 'w'"))
})

test('Ctrl-C at any table leaves neither half a file nor half a database', async () => {
  const before = await readRows('fresh')
  const url = changeUrl(ownerUrl, { database: 'fresh' })
  const summary = await checkBackup({ file: fileOf('moment'), keyId })
  for (const stop of ['graphile_worker._private_jobs', 'identity.credit_entries', 'render.segments']) {
    const files = await readdir(folder)
    const backingUp = new AbortController()
    const onPart = (controller: AbortController) => (table: string) =>
      void (table === stop && controller.abort())
    const work = { ownerUrl, secretKey, keyId, file: fileOf('stopped'), signal: backingUp.signal }
    await assert.rejects(backupDatabase({ ...work, onPart: onPart(backingUp) }), { name: 'AbortError' })
    assert.deepEqual(await readdir(folder), files)
    const restoring = new AbortController()
    const options = { ownerUrl: url, file: fileOf('moment'), summary, putFile, signal: restoring.signal }
    await assert.rejects(restoreDatabase({ ...options, onPart: onPart(restoring) }), { name: 'AbortError' })
    assert.deepEqual(await readRows('fresh'), before)
  }
})

test('Ctrl-C in the middle of a long table leaves nothing either', async () => {
  const LONG = `insert into platform.events (type, source, data)
    select 'render.job.done', 'render', jsonb_build_object('long', repeat(md5(n::text), 100)) from generate_series(1, 15000) n`
  await asAdmin('moment', (client) => client.query(LONG))
  const source = changeUrl(ownerUrl, { database: 'moment' })
  const options = { secretKey, keyId, file: fileOf('long') }
  await backupDatabase({ ...options, ownerUrl: source })
  const before = await readRows('fresh')
  const files = await readdir(folder)
  const stopAmidst = async (work: (chosen: Interruptible) => Promise<unknown>) => {
    const controller = new AbortController()
    const onPart = (table: string) => {
      if (table === 'platform.events') setTimeout(() => controller.abort(), 20)
      // By then it is over, or hangs.
      else assert.ok(!controller.signal.aborted)
    }
    await assert.rejects(work({ onPart, signal: controller.signal }), { name: 'AbortError' })
  }
  await stopAmidst((chosen) => backupDatabase({ ...options, ...chosen, ownerUrl: source }))
  const summary = await checkBackup({ file: fileOf('long'), keyId })
  const target = changeUrl(ownerUrl, { database: 'fresh' })
  await stopAmidst((chosen) =>
    restoreDatabase({ file: fileOf('long'), summary, putFile, ...chosen, ownerUrl: target }),
  )
  assert.deepEqual(await readdir(folder), files)
  assert.deepEqual(await readRows('fresh'), before)
})
type Interruptible = { readonly onPart: (table: string) => void; readonly signal: AbortSignal }

test('what cannot be written, and a database with nothing of ours, are told', async () => {
  const files = await readdir(folder)
  await fails(backup(fileOf('nowhere/file')), 'OUTPUT_FOLDER_MISSING')
  await fails(backup(folder), 'OUTPUT_UNWRITABLE')
  const empty = { ownerUrl: server.url('postgres'), secretKey, keyId, file: fileOf('x') }
  await fails(backupDatabase(empty), 'DATABASE_UNPREPARED')
  assert.deepEqual(await readdir(folder), files)
})
