import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { keepFor } from './keep-for.ts'

test('many who ask at once are answered by one question, and for a while without any', async () => {
  let asked = 0
  const question = async (key: string) => {
    asked++
    await setTimeout(5)
    return key.toUpperCase()
  }
  const ask = keepFor(60_000, question)
  assert.deepEqual(await Promise.all([ask('a'), ask('a'), ask('b')]), ['A', 'A', 'B'])
  assert.equal(asked, 2)
  await ask('a')
  assert.equal(asked, 2)
  const askAnew = keepFor(20, question)
  await askAnew('a')
  await setTimeout(40)
  await askAnew('a')
  assert.equal(asked, 4)
})

test('a failure is kept for nobody', async () => {
  let asked = 0
  const ask = keepFor(10_000, async () => {
    if (++asked === 1) throw new Error('away')
    return 'here'
  })
  await assert.rejects(ask('a'), /away/)
  assert.equal(await ask('a'), 'here')
})

test('it holds so many answers and no more', async () => {
  let asked = 0
  const ask = keepFor(60_000, async () => ++asked)
  for (let key = 0; key <= 10_000; key++) await ask(String(key))
  await ask('10000')
  assert.equal(asked, 10_001)
  await ask('0')
  assert.equal(asked, 10_002)
})
