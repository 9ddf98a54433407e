import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import { findFaults } from './testbed/chaos/find-faults.ts'
import { openReference } from './testbed/chaos/open-reference.ts'
import { runChaos } from './testbed/chaos/run-chaos.ts'
import { openHome } from './testbed/open-home.ts'
import { makeHome } from './testbed/run-server.ts'

// Short beside the other tests, which want the machine as well, and always the same; for hours by hand: CHAOS_MINUTES=120 CHAOS_SEED=7 node --test apps/server/src/chaos.test.ts
const seconds = Number(process.env.CHAOS_MINUTES ?? 0.25) * 60
const seed = Number(process.env.CHAOS_SEED ?? 7)
/** Seconds that all may take to end once nothing strikes any more. */
const PATIENCE = 400

test('whatever dies or lies, every accepted render ends rightly, once, with the engine’s own bits', async (t) => {
  t.diagnostic(`seed ${seed}`)
  const open = new AsyncDisposableStack()
  try {
    const { home, remove } = await makeHome()
    open.defer(remove)
    const say = (line: string) => t.diagnostic(line)
    const { farm, renders } = await runChaos({ seed, seconds, patience: PATIENCE, home, say })
    open.defer(farm.close)
    const reference = await openReference(path.join(home, 'reference'))
    open.defer(reference.close)
    for (const { id, wish, state, failure, cancelled, sha256 } of renders) {
      const known = cancelled ? ['cancelled', 'succeeded'] : ['succeeded']
      assert.ok(known.includes(state), `${id} is ${state}: ${JSON.stringify(failure)}`)
      if (state === 'succeeded') assert.equal(sha256, await reference.hashOf(wish), id)
    }
    const opened = await openHome(home)
    open.defer(opened.close)
    assert.deepEqual(await findFaults(home, opened), [])
    assert.doesNotMatch(farm.output(), /This is a bug/)
  } finally {
    await open.disposeAsync()
  }
})
