import assert from 'node:assert/strict'
import { test } from 'node:test'
import { carriedTrace, carryTrace, makeTrace, readTrace } from './trace-context.ts'

const ID = '4bf92f3577b34da6a3ce929d0e0e4736'
const SPAN = '00f067aa0ba902b7'

test('a traceparent is believed if it has the form of one', () => {
  assert.equal(readTrace(`00-${ID}-${SPAN}-01`), `00-${ID}-${SPAN}-01`)
  assert.equal(readTrace(`01-${ID}-${SPAN}-01-more`), `00-${ID}-${SPAN}-01`)
  const wrong = [
    undefined,
    ['a'],
    '',
    `ff-${ID}-${SPAN}-01`,
    `00-${ID}-${SPAN}-01-more`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${ID}-${'0'.repeat(16)}-01`,
    `00-${ID.toUpperCase()}-${SPAN}-01`,
    `00-${ID}-${SPAN}`,
    `00-${ID}-${SPAN}-01\n`,
    `01-${ID}-${SPAN}-01-${'x'.repeat(1000)}`,
  ]
  for (const header of wrong) assert.equal(readTrace(header), undefined, String(header))
})

test('a trace of our own is one, and is carried to what is awaited within', async () => {
  const trace = makeTrace()
  assert.equal(readTrace(trace), trace)
  assert.equal(carriedTrace(), undefined)
  await carryTrace(trace, async () => {
    await new Promise((resolve) => setTimeout(resolve, 1))
    assert.equal(carriedTrace(), trace)
  })
})
