import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { withClient } from './connect.ts'
import { describeSchema } from './describe-schema.ts'
import { prepareDatabase } from './prepare-database.ts'
import { openServer, type TestServer } from './testbed/open-server.ts'

const MIGRATIONS = path.join(import.meta.dirname, '../migrations')
/** None comes along: the packages hold the server alone. */
const psql = (process.env.PATH ?? '')
  .split(path.delimiter)
  .some((folder) => existsSync(path.join(folder, 'psql')))

let server: TestServer
before(async () => {
  server = await openServer()
})
after(() => server.close())

test('the files run one by one with psql, and the runner takes what they made for its own', {
  skip: psql ? false : 'no psql is installed',
}, async () => {
  const byHand = server.url('by_hand')
  await withClient(server.url('postgres'), (client) => client.query('create database by_hand'))
  for (const file of (await readdir(MIGRATIONS)).sort()) {
    const args = [
      '--set=ON_ERROR_STOP=1',
      '--quiet',
      '--no-psqlrc',
      `--file=${path.join(MIGRATIONS, file)}`,
      byHand,
    ]
    await promisify(execFile)('psql', args)
  }
  const secretKey = randomBytes(32)
  const described = await withClient(byHand, describeSchema)
  assert.deepEqual(await prepareDatabase({ ownerUrl: byHand, secretKey }), [])
  await prepareDatabase({ ownerUrl: server.url('by_runner'), secretKey })
  assert.ok(described === (await withClient(server.url('by_runner'), describeSchema)))
})
