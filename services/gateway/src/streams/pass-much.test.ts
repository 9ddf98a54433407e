import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { KEYS, openTestbed } from '../testbed/open-testbed.ts'
import { streamShapes } from '../testbed/stream-shapes.ts'

const CLIENT = fileURLToPath(new URL('../testbed/move-bytes.ts', import.meta.url))
const BYTES = 200_000_000
/** V8 leaves up to 64 MB of read buffers for garbage before it looks: what is held shows beyond that. */
const WARMING = 100_000_000
const MOST_GROWTH = 50_000_000

/** Bytes by which this process has grown at its largest, while something is done. */
async function measureGrowth(work: () => Promise<void>): Promise<number> {
  const before = process.memoryUsage.rss()
  let most = before
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss())
  }, 20)
  await work().finally(() => clearInterval(timer))
  return most - before
}

// Gateway and service are both in the process that is measured; the client has its own.
for (const [shape, open] of Object.entries(streamShapes))
  test(`${shape}: 200 MB up and 200 MB down are held by nobody`, async () => {
    const probe = await open()
    const gateway = await openTestbed({}, {}, { streams: { probe } })
    const move = async (way: string, bytes: number) => {
      const url = `${gateway.url}/api/v1/${way === 'up' ? 'sums/much' : `gifts/${bytes}`}`
      const argv = [CLIENT, way, url, String(bytes), `Bearer ${KEYS.ours}`]
      const { stdout } = await promisify(execFile)(process.execPath, argv)
      assert.equal(JSON.parse(stdout).bytes, bytes)
    }
    try {
      for (const way of ['up', 'down']) {
        await move(way, WARMING)
        const growth = await measureGrowth(() => move(way, BYTES))
        assert.ok(growth < MOST_GROWTH, `${way}: ${Math.round(growth / 1e6)} MB`)
      }
      assert.deepEqual([...gateway.errors, ...probe.errors], [])
    } finally {
      await gateway.close()
      await probe.close()
    }
  })
