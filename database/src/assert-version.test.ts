import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { assertVersion } from './assert-version.ts'
import { withClient } from './connect.ts'
import { openTestDatabase } from './testbed/index.ts'

test('a server of an older version than is asked for is refused by its number', async () => {
  const { ownerUrl, close } = await openTestDatabase()
  try {
    await withClient(ownerUrl, (client) => assertVersion(client))
    await assert.rejects(
      withClient(ownerUrl, (client) => assertVersion(client, 99)),
      (error) => isFlatRenderError(error, 'DATABASE_TOO_OLD') && /PostgreSQL 18/.test(error.message),
    )
  } finally {
    await close()
  }
})
