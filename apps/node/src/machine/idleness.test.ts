import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isIdleAfter, type LoadSample } from './idleness.ts'

/** Runs a row of loads, one a second, and says after how many of them the machine was idle. */
function watch(loads: readonly number[]): boolean[] {
  const samples: LoadSample[] = []
  let idle = false
  return loads.map((others, second) => {
    samples.push({ at: second * 1000, others })
    idle = isIdleAfter(idle, samples, second * 1000)
    return idle
  })
}
const steady = (load: number, seconds: number) => Array.from({ length: seconds }, () => load)

test('a machine is idle after a minute in which others took little of it', () => {
  const idle = watch(steady(0.05, 90))
  assert.deepEqual(idle.indexOf(true), 60)
  assert.ok(watch(steady(0.2, 200)).every((one) => !one))
})

test('a moment of work is nobody; a few seconds of it are somebody, who is waited for again', () => {
  const quiet = steady(0.02, 70)
  assert.ok(watch([...quiet, 0.9, 0.02, 0.9, 0.9, 0.02]).at(-1))
  const back = watch([...quiet, ...steady(0.6, 6), ...steady(0.02, 70)])
  assert.deepEqual([back[69], back[74], back[100], back.at(-1)], [true, false, false, true])
})

test('between much and little it stays what it was', () => {
  assert.ok(watch([...steady(0, 70), ...steady(0.25, 60)]).at(-1))
})
