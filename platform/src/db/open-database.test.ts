import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { type PostgresServer, startPostgres } from '../postgres/start-postgres.ts'
import {
  openSystemDatabase,
  openTenantDatabase,
  type SystemDatabase,
  type TenantDatabase,
} from './open-database.ts'

interface Tables {
  readonly notes: { tenant_id: string; words: string }
}

const [one, two] = ['00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000002']
const scope = (tenantId: string) => ({ tenantId, visibleTenants: [] })
let home: string
let server: PostgresServer
let notes: TenantDatabase<Tables>
let all: SystemDatabase<Tables>
before(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'flatrender-db-'))
  server = await startPostgres({ folder: path.join(home, 'data'), password: 'owner', durable: false })
  const owner = new pg.Client({ connectionString: server.url() })
  await owner.connect()
  await owner.query(`
    create role bound login password 'bound';
    create table notes (tenant_id uuid not null, words text not null);
    grant select, insert on notes to bound;
    alter table notes enable row level security;
    create policy own on notes to bound using (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)`)
  await owner.end()
  const url = new URL(server.url())
  Object.assign(url, { username: 'bound', password: 'bound' })
  // One connection: what one transaction leaves behind, the next would find.
  notes = openTenantDatabase({ url: url.href, connections: 1, name: 'test' })
  all = openSystemDatabase({ url: server.url(), connections: 1, name: 'test' })
})
after(async () => {
  await Promise.all([notes?.close(), all?.close()])
  await server?.close()
  await rm(home, { recursive: true, force: true })
})

const write = (tenantId: string, words: string) =>
  notes.transact(scope(tenantId), (transaction) =>
    transaction.insertInto('notes').values({ tenant_id: tenantId, words }).execute(),
  )
const read = (tenantId: string) =>
  notes.transact(scope(tenantId), async (transaction) =>
    (await transaction.selectFrom('notes').select('words').orderBy('words').execute()).map(
      ({ words }) => words,
    ),
  )

test('a tenant’s transaction sees and writes its own rows', async () => {
  await write(one, 'mine')
  await write(two, 'theirs')
  assert.deepEqual([await read(one), await read(two)], [['mine'], ['theirs']])
  await assert.rejects(
    notes.transact(scope(one), (transaction) =>
      transaction.insertInto('notes').values({ tenant_id: two, words: 'smuggled' }).execute(),
    ),
    /row-level security/,
  )
})

test('what throws leaves nothing behind, no row and no tenant', async () => {
  await assert.rejects(
    notes.transact(scope(one), async (transaction) => {
      await transaction.insertInto('notes').values({ tenant_id: one, words: 'half' }).execute()
      throw new Error('no')
    }),
    /no/,
  )
  assert.deepEqual(await read(one), ['mine'])
  const left = await notes.transact({ tenantId: '', visibleTenants: [] }, async (transaction) =>
    transaction.selectFrom('notes').selectAll().execute(),
  )
  assert.deepEqual(left, [])
})

test('many tenants at once on one connection never see each other', async () => {
  const seen = await Promise.all(Array.from({ length: 40 }, (_, index) => read(index % 2 === 0 ? one : two)))
  assert.ok(seen.every((words, index) => words.join() === (index % 2 === 0 ? 'mine' : 'theirs')))
})

test('the other door sees all, and a connection lost while it lay idle costs nothing', async () => {
  const count = () =>
    all.transact(async (transaction) => (await transaction.selectFrom('notes').selectAll().execute()).length)
  assert.equal(await count(), 2)
  await all.transact((transaction) =>
    sql`select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and usename = 'bound'`.execute(
      transaction,
    ),
  )
  const seen = await Promise.all(Array.from({ length: 8 }, () => read(one)))
  assert.ok(seen.every((words) => words.join() === 'mine'))
})
