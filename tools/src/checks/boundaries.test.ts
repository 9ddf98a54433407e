import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeReport } from './boundaries.ts'

const summary = { totalCruised: 400, totalDependenciesCruised: 1600, violations: [] }

test('passes a report without violations', () => {
  assert.deepEqual(judgeReport({ summary }).problems, [])
})

test('does not trust a report that saw next to nothing', () => {
  const [problem] = judgeReport({ summary: { ...summary, totalDependenciesCruised: 3 } }).problems
  assert.match(problem ?? '', /too few/)
})

test('names the rule and the way of a cycle', () => {
  const cycle = [{ name: 'b.ts' }, { name: 'a.ts' }]
  const violation = { from: 'a.ts', to: 'b.ts', rule: { name: 'no cycles' }, cycle }
  assert.deepEqual(judgeReport({ summary: { ...summary, violations: [violation] } }).problems, [
    'no cycles: a.ts → b.ts → a.ts',
  ])
})
