import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import { compareTables, openTestDatabase } from '@flatrender/database/testbed'

test('the types of our tables agree with the database', async () => {
  const database = await openTestDatabase()
  try {
    const url = database.urlOf('flatrender_file')
    assert.deepEqual(await compareTables(url, path.join(import.meta.dirname, 'tables.ts')), [])
  } finally {
    await database.close()
  }
})
