import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { keepPostgres } from './keep-postgres.ts'

test('closed while it is being started again after its death, nothing waits and nothing stays behind', async (t) => {
  const home = await mkdtemp(path.join(tmpdir(), 'flatrender-postgres-'))
  t.after(() => rm(home, { recursive: true, force: true }))
  const folder = path.join(home, 'data')
  const readPid = async () =>
    Number((await readFile(path.join(folder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0])
  const lost = Promise.withResolvers<void>()
  const kept = await keepPostgres({ folder, password: 'owner', durable: false }, () => lost.resolve())
  const first = await readPid()
  process.kill(first, 'SIGKILL')
  await lost.promise
  // The new one has begun, and nobody holds it yet.
  await t.waitFor(async () => assert.ok((await readPid()) > 0 && (await readPid()) !== first), {
    interval: 5,
    timeout: 30_000,
  })
  await kept.close()
  assert.ok(Number.isNaN(await readPid()) || (await readPid()) === 0, 'it still runs')
})
