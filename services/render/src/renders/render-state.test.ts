import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderStates } from '@flatrender/contracts/render'
import { hasEnded, mayBecome, nextStates, statesBefore } from './render-state.ts'

test('every state is reached from the first, and from every one there is a way to an end', () => {
  const reachable = (from: (typeof renderStates)[number]) => {
    const seen = new Set([from])
    for (const state of seen) for (const next of nextStates[state]) seen.add(next)
    return seen
  }
  assert.deepEqual([...reachable('queued')].toSorted(), [...renderStates].toSorted())
  for (const state of renderStates) assert.ok([...reachable(state)].some(hasEnded), state)
})

test('what has ended stays so, and what hasn’t can fail or be cancelled', () => {
  for (const state of renderStates) {
    if (hasEnded(state)) for (const next of renderStates) assert.ok(!mayBecome(state, next))
    else for (const end of ['failed', 'cancelled'] as const) assert.ok(mayBecome(state, end), state)
  }
})

test('only an assembled video succeeds', () => {
  assert.deepEqual(statesBefore('succeeded'), ['assembling'])
  assert.deepEqual(statesBefore('queued'), [])
})
