import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findPort } from './testbed/find-port.ts'
import { runGuide } from './testbed/run-guide.ts'
import { makeHome, passwordOf, runServer, urlOf } from './testbed/run-server.ts'

test('the guide to webhooks does what it says, and its receiver believes us alone', async () => {
  const { home, remove } = await makeHome()
  const server = runServer({ FLATRENDER_HOME: home, FLATRENDER_OUTBOUND_ALLOWED: '127.0.0.1' })
  try {
    const { printed, expected } = await runGuide('webhooks.md', {
      API: `${await urlOf(server)}/api/v1`,
      OWNER_PASSWORD: await passwordOf(server),
      PORT: await findPort(),
    })
    assert.ok(expected.length >= 5)
    assert.deepEqual(printed, expected)
  } finally {
    await server.stop()
    await remove()
  }
})
