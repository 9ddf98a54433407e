import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { placeOf } from '@flatrender/contracts/secrets'
import { headOf, reseal, type SecretKeys, seal, unseal } from '@flatrender/platform/secrets'
import type { TestDatabase } from '@flatrender/platform/testkit'
import { withClient } from '../connect.ts'
import { openTestDatabase } from '../testbed/index.ts'
import { resealDatabase } from './reseal-database.ts'
import { sealedSources } from './sealed-columns.ts'

let database: TestDatabase
before(async () => {
  database = await openTestDatabase()
})
after(() => database?.close())

const old = { present: randomBytes(32), former: [] }
const both: SecretKeys = { present: randomBytes(32), former: [old.present] }
const run = async <Row extends object>(question: string, values: unknown[] = []) =>
  (await withClient(database.ownerUrl, (client) => client.query<Row>(question, values))).rows
const rotate = () =>
  resealDatabase({
    ownerUrl: database.ownerUrl,
    reseal: (place, sealed) => reseal(both, place, sealed),
    formerHeads: [headOf(old.present)],
  })
const tell = (subject: string, data: unknown) =>
  run(
    `insert into platform.events (type, source, subject, data) values ('identity.user.registered', 'identity', $1, $2)`,
    [subject, data],
  )

test('every place is a column that can hold what is sealed, and can be read of its row', async () => {
  for (const { table, column, asked } of sealedSources) {
    const parts = Object.values(asked).join(', ')
    await run(`select ${column}, ${parts} from ${table} limit 0`)
    const [found] = await run(
      `select from pg_attribute where attrelid = $1::regclass and attname = $2
        and atttypid in ('bytea'::regtype, 'json'::regtype, 'jsonb'::regtype)`,
      [table, column],
    )
    assert.ok(found, `${table}.${column}`)
  }
})

test('what is sealed is sealed anew, each for its own place', async () => {
  const place = placeOf('platform.events.data', { subject: 'a' })
  await tell('a', { id: 'a', sealedToken: seal(old, place, 'secret').toString('base64') })
  await tell('b', { id: 'b' })
  assert.equal(await rotate(), 1)
  const [row] = await run<{ data: { id: string; sealedToken: string } }>(
    `select data from platform.events where subject = 'a'`,
  )
  const { id, sealedToken } = row!.data
  const onlyNew = { present: both.present, former: [] }
  assert.equal(id, 'a')
  assert.equal(unseal(onlyNew, place, Buffer.from(sealedToken, 'base64')).toString(), 'secret')
  assert.equal(await rotate(), 1)
})

test('what is sealed where nobody looks for it keeps the former key: nothing is changed', async () => {
  const place = placeOf('platform.events.data', { subject: 'c' })
  const sealed = seal(old, place, 'secret')
  await tell('c', { sealedToken: sealed.toString('base64') })
  const kept = () => run(`select subject, data from platform.events order by subject`)
  const unlisted: [string, unknown, string][] = [
    // Deeper than `rotate-key` reads.
    [
      `insert into platform.events (type, source, subject, data) values ('identity.user.registered', 'identity', 'd', $1)`,
      { deep: { sealedToken: sealed.toString('base64') } },
      `delete from platform.events where subject = 'd'`,
    ],
    // A column of which nobody said that it holds any.
    [
      `insert into platform.idempotency_keys (tenant_id, service, actor_id, procedure, key, request_hash)
        select id, 'identity', id, 'p', 'k', $1 from identity.tenants limit 1`,
      sealed,
      'delete from platform.idempotency_keys',
    ],
  ]
  for (const [insert, value, remove] of unlisted) {
    await run(insert, [value])
    const before = await kept()
    await assert.rejects(rotate(), /holds something sealed, and nobody said what it is bound to/)
    assert.deepEqual(await kept(), before)
    await run(remove)
  }
  assert.equal(await rotate(), 2)
})
