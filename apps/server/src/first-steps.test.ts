import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runGuide } from './testbed/run-guide.ts'
import { makeHome, passwordOf, runServer, urlOf } from './testbed/run-server.ts'

test('the guide’s first steps do what it says they do', async () => {
  const { home, remove } = await makeHome()
  const server = runServer({ FLATRENDER_HOME: home })
  try {
    const { printed, expected } = await runGuide('first-steps.md', {
      API: `${await urlOf(server)}/api/v1`,
      FLATRENDER_HOME: home,
      OWNER_PASSWORD: await passwordOf(server),
    })
    assert.ok(expected.length >= 10)
    assert.deepEqual(printed, expected)
  } finally {
    await server.stop()
    await remove()
  }
})
