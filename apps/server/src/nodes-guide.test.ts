import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runGuide } from './testbed/run-guide.ts'
import { makeHome, passwordOf, runServer, urlOf } from './testbed/run-server.ts'

test('the guide to render nodes does what it says', async () => {
  const { home, remove } = await makeHome()
  const server = runServer({ FLATRENDER_HOME: home })
  try {
    const { printed, expected } = await runGuide('render-nodes.md', {
      SERVER: await urlOf(server),
      OWNER_PASSWORD: await passwordOf(server),
    })
    assert.ok(expected.length >= 5)
    assert.deepEqual(printed, expected)
  } finally {
    await server.stop()
    await remove()
  }
})
