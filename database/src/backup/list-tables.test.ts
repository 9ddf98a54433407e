import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { TestDatabase } from '@flatrender/platform/testkit'
import { withClient } from '../connect.ts'
import { schemas } from '../describe-schema.ts'
import { openTestDatabase } from '../testbed/open-test-database.ts'
import { chooseReaders, OWNER } from './choose-readers.ts'
import { listTables } from './list-tables.ts'

let database: TestDatabase
before(async () => {
  database = await openTestDatabase()
})
after(() => database?.close())

const look = (question: string, values: unknown[] = [[...schemas]]) =>
  withClient(database.ownerUrl, async (client) =>
    (await client.query<{ name: string }>(question, values)).rows.map(({ name }) => name),
  )
const tables = () => withClient(database.ownerUrl, listTables)

test('every table is kept but those that are left out on purpose', async () => {
  const all = await look(`select n.nspname || '.' || c.relname as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any ($1) and c.relkind in ('r', 'p') and not c.relispartition order by 1`)
  const kept = new Set((await tables()).map(({ table }) => table))
  assert.deepEqual(
    all.filter((table) => !kept.has(table)),
    ['identity.login_throttles', 'identity.mail_throttles', 'platform.migrations', 'platform.workers'],
  )
})

test('every table comes after those that its keys point to', async () => {
  const placed = new Set<string>()
  for (const { table, needs } of await tables()) {
    for (const needed of needs) assert.ok(placed.has(needed), `${table} before ${needed}`)
    placed.add(table)
  }
})

test('whoever reads a table may, and nothing is done when rows come in', async () => {
  const reads = (await tables()).flatMap((shape) =>
    chooseReaders(shape)
      .filter((reader) => reader !== OWNER)
      .map((reader) => [reader, shape.table]),
  )
  const refused = await look(
    `select reader || ': ' || kept as name from unnest($1::text[], $2::text[]) wanted (reader, kept)
     where not has_table_privilege(reader, kept, 'select')`,
    [reads.map(([reader]) => reader), reads.map(([, table]) => table)],
  )
  assert.deepEqual(refused, [])
  const onInsert = await look(`select t.tgrelid::regclass || ': ' || t.tgname as name
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where not t.tgisinternal and t.tgtype & 4 <> 0 and (n.nspname = any ($1) or n.nspname = 'graphile_worker')`)
  assert.deepEqual(onInsert, [])
})
