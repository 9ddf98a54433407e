import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { callOf, openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { addPlannedRender } from '../testbed/planned-render.ts'

let testbed: Testbed
before(async () => {
  testbed = await openTestbed()
})
after(() => testbed?.close())

test('a render that is over has nothing reserved any more, however it ended', async () => {
  for (const [state, settled, expected] of [
    ['rendering', null, { reserved: 3, settled: null }],
    ['succeeded', 2, { reserved: 0, settled: 2 }],
    ['cancelled', null, { reserved: 0, settled: null }],
  ] as const) {
    const { renderId: id } = await addPlannedRender(testbed, state)
    await testbed.ask(
      sql`update render.render_jobs set credits_quoted = 3, credits_reserved = 3, credits_settled = ${settled} where id = ${id}`,
    )
    const { credits } = await testbed.client.renders.show({ id }, { context: callOf({ role: 'admin' }) })
    assert.deepEqual(credits, expected, state)
  }
})
