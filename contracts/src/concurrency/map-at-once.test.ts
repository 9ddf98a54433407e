import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { mapAtOnce } from './map-at-once.ts'

test('so many are under way at once, and results have their items’ order', async () => {
  let [under, most] = [0, 0]
  const doubled = await mapAtOnce(3, [1, 2, 3, 4, 5, 6, 7], async (item) => {
    most = Math.max(most, ++under)
    for (let turn = item; turn < 9; turn++) await setImmediate()
    under--
    return item * 2
  })
  assert.deepEqual(doubled, [2, 4, 6, 8, 10, 12, 14])
  assert.equal(most, 3)
})

test('a failure is told once nothing is under way any more, and nothing more is begun', async () => {
  const begun: number[] = []
  let ended = 0
  const work = mapAtOnce(2, [1, 2, 3, 4], async (item) => {
    begun.push(item)
    if (item === 1) throw new Error('the first')
    await setImmediate()
    ended++
  })
  await assert.rejects(work, /the first/)
  assert.deepEqual([begun, ended], [[1, 2], 1])
})
