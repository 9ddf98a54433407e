import assert from 'node:assert/strict'
import { test } from 'node:test'
import { carryTrace, makeTrace } from '../observe/trace-context.ts'
import { markTrace, readMarked } from './job-trace.ts'

test('a job says what it belongs to, and its payload comes as it was given', () => {
  const trace = makeTrace()
  const marked = carryTrace(trace, () => markTrace({ render: 1 }))
  assert.deepEqual(readMarked(JSON.parse(JSON.stringify(marked))), { payload: { render: 1 }, trace })
  assert.deepEqual(markTrace({ render: 1 }), { render: 1 })
})

test('a payload that nobody marked, or with nonsense for a trace, has none', () => {
  for (const payload of [null, 'text', [1], { a: 1 }])
    assert.deepEqual(readMarked(payload), { payload, trace: undefined })
  assert.deepEqual(readMarked({ a: 1, '~trace': 'nonsense' }), { payload: { a: 1 }, trace: undefined })
})
