import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openGather } from './gather.ts'

test('what is asked alone is done at once; what comes meanwhile is done together, up to a weight', async () => {
  const done: number[][] = []
  const gate = Promise.withResolvers<void>()
  const double = openGather<number, number>(
    async (asked) => {
      done.push([...asked])
      await gate.promise
      return asked.map((one) => one * 2)
    },
    { atOnce: 1, most: 10, weigh: (one) => one },
  )
  const answers = [3, 4, 5, 6, 20, 1].map(double)
  gate.resolve()
  assert.deepEqual(await Promise.all(answers), [6, 8, 10, 12, 40, 2])
  assert.deepEqual(done, [[3], [4, 5], [6], [20], [1]])
})

test('where it fails for many each is done by itself, and what is wrong with one is no other’s harm', async () => {
  const halve = openGather<number, number>(
    async (asked) => {
      if (asked.includes(7)) throw new Error('seven is odd')
      return asked.map((one) => one / 2)
    },
    { atOnce: 1, most: 10, weigh: () => 1 },
  )
  const ends = await Promise.allSettled([2, 4, 7, 8].map(halve))
  assert.deepEqual(
    ends.map((end) => (end.status === 'fulfilled' ? end.value : (end.reason as Error).message)),
    [1, 2, 'seven is odd', 4],
  )
})

test('beginnings keep their distance: who comes after a rest waits for nobody, and who comes soon waits for others', async () => {
  const done: { readonly asked: readonly number[]; readonly at: number }[] = []
  const begun = performance.now()
  const same = openGather<number, number>(
    async (asked) => {
      done.push({ asked: [...asked], at: performance.now() - begun })
      return asked
    },
    { atOnce: 2, most: 10, weigh: (one) => one, every: 200 },
  )
  await same(1)
  const soon = [same(2), same(3)]
  await Promise.all(soon)
  assert.deepEqual(
    done.map(({ asked }) => asked),
    [[1], [2, 3]],
  )
  assert.ok(done[0]!.at < 100)
  assert.ok(done[1]!.at >= 199)
  await Promise.all([same(4), same(6)])
  assert.ok(done[2]!.at < done[1]!.at + 199, 'there is enough for one')
  assert.deepEqual(done[2]!.asked, [4, 6])
})
