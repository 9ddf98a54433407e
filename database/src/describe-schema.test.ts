import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { withClient } from './connect.ts'
import { describeSchema } from './describe-schema.ts'
import { prepareDatabase } from './prepare-database.ts'
import { openServer, type TestServer } from './testbed/open-server.ts'

let server: TestServer
before(async () => {
  server = await openServer()
})
after(() => server.close())

test('the schema that is written down is the one that the migrations make', async () => {
  const ownerUrl = server.url('flatrender')
  await prepareDatabase({ ownerUrl, secretKey: randomBytes(32) })
  const described = await withClient(ownerUrl, describeSchema)
  const written = await readFile(path.join(import.meta.dirname, '../../docs/reference/schema.sql'), 'utf8')
  assert.ok(described === written, 'docs/reference/schema.sql is out of date: run `npm run docs`')
})
