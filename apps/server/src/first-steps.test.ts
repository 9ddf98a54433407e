import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { openVideoReader, probeMedia } from '@flatrender/engine-media'
import { openWebServer } from '@flatrender/platform/testkit'
import { renderAlone } from './testbed/render-alone.ts'
import { runGuide } from './testbed/run-guide.ts'
import { makeHome, passwordOf, runServer, urlOf } from './testbed/run-server.ts'

test('the guide’s first steps do what it says they do, up to a video', async () => {
  const { home, remove } = await makeHome()
  const port = await findFreePort()
  // Addresses of finished files begin so.
  const FLATRENDER_PUBLIC_URL = `http://localhost:${port}`
  const server = runServer({
    FLATRENDER_HOME: home,
    FLATRENDER_PORT: String(port),
    FLATRENDER_PUBLIC_URL,
    FLATRENDER_NODE_WORKERS: '1',
  })
  try {
    const { printed, expected } = await runGuide('first-steps.md', {
      API: `${await urlOf(server)}/api/v1`,
      FLATRENDER_HOME: home,
      OWNER_PASSWORD: await passwordOf(server),
    })
    assert.ok(expected.length >= 10)
    assert.deepEqual(printed, expected)
    await checkVideo(home)
  } finally {
    await server.stop()
    await remove()
  }
})

/** The video that the guide leaves behind can be played, sounds, and is what the engine alone makes of the same words. */
async function checkVideo(home: string): Promise<void> {
  const file = path.join(home, 'lumo.mp4')
  const { kind, width, height, seconds, hasAudio } = await probeMedia(file)
  assert.deepEqual(
    { kind, width, height, hasAudio },
    { kind: 'video', width: 640, height: 360, hasAudio: true },
  )
  const reader = await openVideoReader(file)
  const [first, middle] = [
    Buffer.from(await reader.frameAt(0)),
    Buffer.from(await reader.frameAt(seconds / 2)),
  ]
  await reader.close()
  assert.ok(!first.equals(middle), 'nothing moves in it')
  const own = await renderAlone(home, {
    template: 'logo-reveal',
    modifications: {},
    values: { name: 'Lumo', tagline: 'Light that follows your day' },
    output: { container: 'mp4', resolution: '360p' },
  })
  assert.ok(own.equals(await readFile(file)), 'the engine’s own has other bits')
}

async function findFreePort(): Promise<number> {
  const taken = await openWebServer()
  await taken.close()
  return Number(new URL(taken.url).port)
}
