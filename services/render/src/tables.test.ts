import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import { comparePersonalTables, compareTables, openTestDatabase } from '@flatrender/database/testbed'
import { personalTables } from './rows/personal-tables.ts'

test('the types of our tables and what we say of people’s rows agree with the database', async () => {
  const database = await openTestDatabase()
  try {
    const url = database.urlOf('flatrender_render')
    for (const file of ['tables.ts', 'nodes/tables.ts'])
      assert.deepEqual(await compareTables(url, path.join(import.meta.dirname, file)), [])
    assert.deepEqual(await comparePersonalTables(url, personalTables), [])
  } finally {
    await database.close()
  }
})
