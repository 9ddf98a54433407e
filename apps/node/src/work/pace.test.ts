import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { NodeOrder } from '@flatrender/contracts/node'
import { openPace } from './pace.ts'

test('a job is ending when what is left takes less than a lease, by its pace after the first frame', () => {
  let now = 0
  const pace = openPace(
    {
      kind: 'frames',
      segments: [
        { from: 0, to: 60 },
        { from: 60, to: 100 },
      ],
    } as NodeOrder,
    () => now,
  )
  assert.equal(pace.isEnding(), false)
  now = 5000
  pace.hear(1)
  assert.equal(pace.isEnding(), false)
  now = 5001
  pace.hear(2)
  assert.equal(pace.isEnding(), false)
  now = 5000 + 88 * 40
  pace.hear(89)
  assert.equal(pace.isEnding(), false)
  now += 40
  pace.hear(90)
  assert.equal(pace.isEnding(), true)
})

test('nobody knows when a job ends that counts no frames', () => {
  const pace = openPace({ kind: 'sound' } as NodeOrder)
  pace.hear(0)
  pace.hear(1)
  assert.equal(pace.isEnding(), false)
})
