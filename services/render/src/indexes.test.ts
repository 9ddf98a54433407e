import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { sql } from 'kysely'
import { countOpenBatches, findBatches } from './batches/batches-store.ts'
import { findGoneExports } from './exports/exports-system-store.ts'
import { findUnnamed } from './inputs/orphans-system-store.ts'
import { sumMonth } from './minutes/minutes-store.ts'
import { countOpenRequests } from './snapshots/snapshot-requests-store.ts'
import { explain } from './testbed/explain.ts'
import { callOf, openTestbed, type Testbed } from './testbed/open-testbed.ts'

let testbed: Testbed
before(async () => {
  testbed = await openTestbed()
})
after(() => testbed?.close())

const tenantId = DEFAULT_TENANT_ID
const account = { tenantId, accountId: randomUUID() }
const whole = /Seq Scan on/

test('whose an object is, and which are to be removed, is found without reading all rows', async () => {
  await testbed.deps.system.transact(async (transaction) => {
    assert.doesNotMatch(await explain(transaction, (asked) => findUnnamed(asked, ['render/one'])), whole)
    assert.match(await explain(transaction, (asked) => findGoneExports(asked, 100)), /exports__gone/)
  })
})

test('so is what an account asked for this month, without the months before', async () => {
  await testbed.ask(sql`insert into render.render_jobs
      (tenant_id, account_id, template_id, template_version_id, template_package, modifications, output)
    select ${tenantId}, gen_random_uuid(), ${tenantId}, ${tenantId}, '{}', '{}', '{}' from generate_series(1, 1000)`)
  await testbed.deps.database.transact(callOf().actor, async (transaction) => {
    const month = await explain(transaction, (asked) => sumMonth(asked, account))
    assert.match(month, /Index Cond:.*created_at >=/)
    assert.doesNotMatch(month, whole)
  })
})

test('so are the newest batches, and what of an account is open', async () => {
  await testbed.deps.database.transact(callOf().actor, async (transaction) => {
    const newest = await explain(transaction, (asked) =>
      findBatches(asked, tenantId, { all: true }, { limit: 20 }),
    )
    assert.match(newest, /batches__newest/)
    assert.doesNotMatch(newest, /Sort/)
    assert.match(
      await explain(transaction, (asked) => countOpenBatches(asked, account)),
      /batches__of_account/,
    )
    const snapshots = await explain(transaction, (asked) => countOpenRequests(asked, account))
    assert.match(snapshots, /snapshot_requests__open/)
    assert.match(snapshots, /snapshots__pending/)
  })
})
