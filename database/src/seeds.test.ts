import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { withClient } from './connect.ts'
import { prepareDatabase } from './prepare-database.ts'
import { openServer, type TestServer } from './testbed/open-server.ts'

const secretKey = randomBytes(32)
let server: TestServer
before(async () => {
  server = await openServer()
  await prepareDatabase({ ownerUrl: server.url('flatrender'), secretKey })
})
after(() => server.close())

const ask = (question: string) =>
  withClient(server.url('flatrender'), async (client) => (await client.query(question)).rows)
const read = async () => [
  await ask('select * from identity.tenants order by id'),
  await ask('select * from identity.plans order by id'),
  await ask('select * from identity.plan_prices order by id'),
]

test('seeding a second time changes nothing, and brings back nothing that was taken away', async () => {
  const first = await read()
  assert.deepEqual(
    first.map(({ length }) => length),
    [1, 3, 10],
  )
  await prepareDatabase({ ownerUrl: server.url('flatrender'), secretKey })
  assert.deepEqual(await read(), first)
  await ask(`update identity.plans set state = 'retired' where slug = 'creator'`)
  await ask(`delete from identity.plan_prices where currency = 'IRR'`)
  const changed = await read()
  await prepareDatabase({ ownerUrl: server.url('flatrender'), secretKey })
  assert.deepEqual(await read(), changed)
})
