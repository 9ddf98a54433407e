import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findPort } from './testbed/find-port.ts'
import { runGuide } from './testbed/run-guide.ts'
import { makeHome, passwordOf, runServer, urlOf } from './testbed/run-server.ts'

test('the guide to batches does what it says', async () => {
  const { home, remove } = await makeHome()
  const port = await findPort()
  const server = runServer({
    FLATRENDER_HOME: home,
    FLATRENDER_PORT: port,
    // Addresses of archives begin so.
    FLATRENDER_PUBLIC_URL: `http://localhost:${port}`,
    FLATRENDER_NODE_WORKERS: '1',
  })
  try {
    const { printed, expected } = await runGuide('batches.md', {
      API: `${await urlOf(server)}/api/v1`,
      OWNER_PASSWORD: await passwordOf(server),
    })
    assert.ok(expected.length >= 10)
    assert.deepEqual(printed, expected)
  } finally {
    await server.stop()
    await remove()
  }
})
