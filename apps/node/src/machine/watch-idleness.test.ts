import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../testbed/eventually.ts'
import { watchIdleness } from './watch-idleness.ts'

test('a machine that can’t be looked at counts as somebody’s, and that is said once and ends nothing', async () => {
  let looks = 0
  const said: unknown[] = []
  const idleness = watchIdleness({
    isWorking: () => false,
    onChange: () => {},
    onFailure: (error) => said.push(error),
    async readOwn() {
      looks++
      throw new Error('EMFILE')
    },
  })
  try {
    await eventually(() => looks >= 2)
    assert.equal(idleness.isIdle(), false)
    assert.deepEqual(said.map(String), ['Error: EMFILE'])
  } finally {
    idleness.close()
  }
})
