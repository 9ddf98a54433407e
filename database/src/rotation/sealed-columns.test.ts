import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withClient } from '../connect.ts'
import { openTestDatabase } from '../testbed/index.ts'
import { sealedColumns, unusedColumns } from './sealed-columns.ts'

const SEALED = `select attrelid::regclass || '.' || attname as name from pg_attribute
  join pg_class on pg_class.oid = attrelid
  where attname like 'sealed\\_%' and atttypid = 'bytea'::regtype and relkind in ('r', 'p') and not relispartition
  order by 1`

test('every sealed column is listed, with what it is bound to', async () => {
  const { ownerUrl, close } = await openTestDatabase()
  try {
    const { rows } = await withClient(ownerUrl, (client) => client.query<{ name: string }>(SEALED))
    const listed = [...sealedColumns.map(({ table, column }) => `${table}.${column}`), ...unusedColumns]
    assert.ok(rows.length >= 8)
    assert.deepEqual(
      rows.map(({ name }) => name).filter((name) => !listed.includes(name)),
      [],
      'a new one belongs into sealed-columns.ts',
    )
    assert.deepEqual(
      listed.filter((name) => name.includes('.sealed_') && !rows.some((row) => row.name === name)),
      [],
    )
  } finally {
    await close()
  }
})
