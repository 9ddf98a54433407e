import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { addNode } from '../testbed/farm.ts'
import { openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { countAttempts, countSilences, findSilentFailing } from './nodes-system-store.ts'

let testbed: Testbed
before(async () => {
  testbed = await openTestbed()
})
after(() => testbed?.close())

test('a node fails once half of its last ten attempts have, by attempts, by silences and to who looks', async () => {
  const { system } = testbed.deps
  const { id } = await addNode(testbed, 'one')
  const count = (...failed: boolean[]) =>
    system.transact((transaction) =>
      countAttempts(
        transaction,
        failed.map((one) => ({ nodeId: id, failed: one })),
      ),
    )
  const fallSilent = async () => {
    const told = await system.transact((transaction) => countSilences(transaction, [id]))
    const found = await system.transact(findSilentFailing)
    await testbed.ask(sql`update render.nodes set silence_counted = false`)
    return [told, found]
  }
  assert.deepEqual(await count(true, true, true, true), [])
  assert.deepEqual(await count(true), [id])
  assert.deepEqual(await count(false, false, false, false, false), [], 'what went well is no news')
  assert.deepEqual(await fallSilent(), [[id], [id]])
  assert.deepEqual(await count(false), [])
  assert.deepEqual(await fallSilent(), [[], []], 'four of ten')
})
