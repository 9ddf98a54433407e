import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import { compareTables, openTestDatabase } from '@flatrender/database/testbed'

test('the types of our tables agree with the database', async () => {
  const database = await openTestDatabase()
  try {
    const url = database.urlOf('flatrender_notification')
    // Deleted with their user, and all else is for a time to come.
    const neverInserted = ['notifications', 'notification_preferences', 'telegram_links'].map(
      (table) => `notification.${table}`,
    )
    const file = path.join(import.meta.dirname, 'tables.ts')
    assert.deepEqual(await compareTables(url, file, { neverInserted }), [])
  } finally {
    await database.close()
  }
})
