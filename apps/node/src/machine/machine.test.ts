import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { test } from 'node:test'
import { readOwnTimes } from './own-times.ts'
import { loadBetween } from './processor-load.ts'
import { watchHealth } from './watch-health.ts'

test('health is what the contract takes', async () => {
  const look = watchHealth(tmpdir())
  const health = await look()
  assert.ok(health.cpuLoad >= 0 && health.cpuLoad <= 1)
  assert.ok(health.memoryUsedBytes > 0 && health.memoryUsedBytes <= health.memoryTotalBytes)
  assert.ok(health.diskUsedBytes > 0 && health.diskUsedBytes <= health.diskTotalBytes)
})

test('the load is the busy share between two looks', () => {
  assert.equal(loadBetween({ busy: 10, all: 100 }, { busy: 60, all: 200 }), 0.5)
  assert.equal(loadBetween({ busy: 10, all: 100 }, { busy: 10, all: 100 }), 0)
})

test('what a process and its children take is its own, also once they have ended', async (t) => {
  if (process.platform !== 'linux') return t.skip('this system doesn’t tell')
  const before = (await readOwnTimes())!
  const burn = 'const end = process.cpuUsage().user + 5e5; while (process.cpuUsage().user < end);'
  const child = spawn(process.execPath, ['-e', burn], { stdio: 'ignore' })
  await once(child, 'exit')
  assert.ok((await readOwnTimes())! - before >= 450)
})
