import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { isCode } from '../testbed/open-testbed.ts'
import { openPasswords } from './passwords.ts'
import { takeTurns } from './take-turns.ts'

test('a password is hashed as OWASP asks, and however its letters are composed', async () => {
  const passwords = openPasswords(2)
  const hash = await passwords.hash('caf\u00e9 au lait')
  assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  const verified = ['cafe\u0301 au lait', 'cafe au lait'].map((password) => passwords.verify(hash, password))
  assert.deepEqual(await Promise.all(verified), [true, false])
  assert.equal(await passwords.verify(null, 'caf\u00e9 au lait'), false)
})

test('only so many work at once, in the order in which they came, and one that fails gives its turn back', async () => {
  const inTurn = takeTurns(2)
  const order: number[] = []
  let [running, most] = [0, 0]
  const works = Array.from({ length: 12 }, (_, index) =>
    inTurn(async () => {
      order.push(index)
      most = Math.max(most, ++running)
      await wait(1)
      running--
      if (index % 3 === 0) throw new Error('no')
    }),
  )
  const results = await Promise.allSettled(works)
  assert.equal(results.filter(({ status }) => status === 'rejected').length, 4)
  assert.deepEqual([most, order], [2, [...order.keys()]])
})

test('a flood is sent away instead of queued without end', async () => {
  const inTurn = takeTurns(1)
  const gate = Promise.withResolvers<void>()
  const heard = Array.from({ length: 201 }, () => inTurn(() => gate.promise))
  await assert.rejects(
    inTurn(() => gate.promise),
    isCode('SERVICE_UNAVAILABLE'),
  )
  gate.resolve()
  await Promise.all(heard)
})
