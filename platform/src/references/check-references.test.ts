import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { withClient } from '@flatrender/database'
import { openTestDatabase } from '@flatrender/database/testbed'
import { openSystemDatabase, type SystemDatabase } from '../db/open-database.ts'
import type { TestDatabase } from '../testkit/open-test-database.ts'
import { checkReferences } from './check-references.ts'

const TENANT = '00000000-0000-0000-0000-000000000001'
let database: TestDatabase
let notification: SystemDatabase<unknown>
let identity: SystemDatabase<unknown>
before(async () => {
  database = await openTestDatabase()
  const open = (role: string) =>
    openSystemDatabase<unknown>({ url: database.urlOf(role), connections: 1, name: role })
  notification = open('flatrender_notification_system')
  identity = open('flatrender_identity_system')
})
after(async () => {
  await Promise.all([notification?.close(), identity?.close()])
  await database?.close()
})

const run = (statement: string, values: unknown[]) =>
  withClient(database.ownerUrl, async (client) => void (await client.query(statement, values)))
const prefer = (userId: string, tenantId = TENANT) =>
  run(
    `insert into notification.notification_preferences (tenant_id, user_id, channel, type, enabled) values ($1, $2, 'email', 'render.job.succeeded', true)`,
    [tenantId, userId],
  )
const known = new Set<string>([TENANT])
const missing = async (ids: string[]) => ids.filter((id) => !known.has(id))
const ask = { 'identity.users': missing, 'identity.tenants': missing }
const check = async () => {
  const checked = await checkReferences({ system: notification, schema: 'notification', ask })
  return Object.fromEntries(checked.map(({ column, dangling }) => [column, dangling]))
}
const USER = 'notification.notification_preferences.user_id'
const OF_TENANT = 'notification.notification_preferences.tenant_id'

test('what names a row of another service that is gone is counted, and nothing is changed', async () => {
  const [here, gone] = [randomUUID(), randomUUID()]
  known.add(here)
  await prefer(here)
  assert.deepEqual([(await check())[USER], (await check())[OF_TENANT]], [0, 0])
  await prefer(gone)
  await prefer(here, gone)
  for (const _ of [1, 2]) assert.deepEqual([(await check())[USER], (await check())[OF_TENANT]], [1, 1])
  known.add(gone)
  assert.deepEqual([(await check())[USER], (await check())[OF_TENANT]], [0, 0])
})

test('what goes while it is asked about isn’t counted', async () => {
  const leaving = randomUUID()
  await prefer(leaving)
  const remove = async (ids: string[]) => {
    await run('delete from notification.notification_preferences where user_id = $1', [leaving])
    return missing(ids)
  }
  const checked = await checkReferences({
    system: notification,
    schema: 'notification',
    ask: { 'identity.users': remove },
  })
  assert.equal(checked.find(({ column }) => column === USER)?.dangling, 0)
  // Nobody was named who knows tenants.
  assert.ok(!checked.some(({ column }) => column === OF_TENANT))
})

test('many ids are asked about by the thousand', async () => {
  await run(
    `insert into notification.notification_preferences (tenant_id, user_id, channel, type, enabled)
     select $1, gen_random_uuid(), 'push', 'render.job.succeeded', true from generate_series(1, 2500)`,
    [TENANT],
  )
  const sizes: number[] = []
  const count = async (ids: string[]) => {
    sizes.push(ids.length)
    return []
  }
  await checkReferences({ system: notification, schema: 'notification', ask: { 'identity.users': count } })
  assert.ok(Math.max(...sizes) <= 1000)
  assert.ok(sizes.reduce((sum, size) => sum + size, 0) >= 2500)
})

test('inside its schema a service looks by itself; what may be either of two rows is in one of them', async () => {
  const account = (id: string) =>
    run('insert into identity.credit_accounts (tenant_id, account_id) values ($1, $2)', [TENANT, id])
  const look = async () =>
    (await checkReferences({ system: identity, schema: 'identity', ask: {} })).find(
      ({ column }) => column === 'identity.credit_accounts.account_id',
    )
  await account(TENANT)
  assert.equal((await look())?.dangling, 0)
  const nobody = randomUUID()
  await account(nobody)
  assert.deepEqual(await look(), {
    column: 'identity.credit_accounts.account_id',
    dangling: 1,
    examples: [nobody],
  })
})

test('what outlives the row that it names is no reference', async () => {
  const columns = (await checkReferences({ system: identity, schema: 'identity', ask: {} })).map(
    ({ column }) => column,
  )
  assert.ok(!columns.includes('identity.tenant_api_request_logs.user_id'))
  assert.ok(columns.includes('identity.coupons.plan_ids'))
})
