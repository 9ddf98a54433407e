import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { runTogether } from './run-together.ts'

const never = new AbortController().signal

test('both are done, each gives its own', async () => {
  assert.deepEqual(
    await runTogether(
      never,
      async () => 1,
      () => setTimeout(5, 'two'),
    ),
    [1, 'two'],
  )
})

test('what fails first is told, after the other has stopped', async () => {
  let stopped = false
  const patient = async (signal: AbortSignal) => {
    await setTimeout(10_000, undefined, { signal }).catch(() => {})
    await setTimeout(5)
    stopped = true
    throw new Error('stopped')
  }
  const fail = async () => {
    throw new Error('broken')
  }
  await assert.rejects(runTogether(never, patient, fail), /broken/)
  assert.equal(stopped, true)
  await assert.rejects(runTogether(never, fail, patient), /broken/)
})

test('who cancels stops both', async () => {
  const cancel = new AbortController()
  const wait = (signal: AbortSignal) => setTimeout(10_000, undefined, { signal })
  const both = runTogether(cancel.signal, wait, wait)
  cancel.abort()
  await assert.rejects(both, { name: 'AbortError' })
})
