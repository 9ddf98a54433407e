import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { changeUrl, withClient } from './connect.ts'
import { prepareDatabase } from './prepare-database.ts'
import { derivePassword } from './role-password.ts'
import { openPlainOwner } from './testbed/open-plain-owner.ts'
import { openServer, type TestServer } from './testbed/open-server.ts'

const secretKey = randomBytes(32)
const TENANT = '00000000-0000-0000-0000-000000000001'
const LOGS = 'identity.tenant_api_request_logs'
let server: TestServer
let url: string
before(async () => {
  server = await openServer()
  // An owner without special rights meets the policies as everybody does.
  const ownerUrl = await openPlainOwner(server, secretKey)
  await prepareDatabase({ ownerUrl, secretKey })
  const role = 'flatrender_identity_system'
  url = changeUrl(ownerUrl, { user: role, password: derivePassword(secretKey, role) })
})
after(() => server.close())

async function ask(question: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  return withClient(url, async (client) => (await client.query(question, values)).rows)
}

const ensure = (ahead: number, keep: number | null = null) =>
  ask('select action, part from platform.ensure_month_partitions($1, $2, $3)', [LOGS, ahead, keep])

test('months are made once, however often and by however many they are asked for', async () => {
  assert.deepEqual(await ensure(3), [])
  const runs = await Promise.all([ensure(4), ensure(4), ensure(4)])
  assert.equal(runs.flat().length, 1)
})

test('what came before its month was made moves there, and is seen throughout', async () => {
  await ask(
    `insert into ${LOGS} (tenant_id, requested_at, request_id, method, route, status, duration_ms)
     select $1, now() + make_interval(months => months), months::text, 'GET', '/', 200, 1 from generate_series(0, 8) months`,
    [TENANT],
  )
  const places = () =>
    ask(
      `select request_id, tableoid::regclass::text like '%_default' as waits from ${LOGS} order by request_id`,
    )
  assert.equal((await places()).filter(({ waits }) => waits).length, 4)
  assert.equal((await ensure(8)).length, 4)
  assert.deepEqual(
    (await places()).map(({ waits }) => waits),
    Array.from({ length: 9 }, () => false),
  )
})

test('months older than are kept go, and no other', async () => {
  const gone = (await ensure(8, 1)).map(({ action, part }) => `${action} ${part}`)
  assert.deepEqual(gone, ['dropped tenant_api_request_logs_2026_01'])
})
