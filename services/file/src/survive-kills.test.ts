import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { callOf, openTestbed, type Testbed } from './testbed/open-testbed.ts'

const KILLS = 4
const program = path.join(import.meta.dirname, 'testbed/use-files-process.ts')

let testbed: Testbed
before(async () => {
  testbed = await openTestbed({ storageBytes: 200_000 })
})
after(() => testbed?.close())

/** What an account's rows add up to. */
async function addUp() {
  const [sums] = await testbed.ask(sql<Record<string, number>>`select
    (select coalesce(sum(bytes), 0)::int from file_mgr.files where state = 'ready' and deleted_at is null) as files,
    (select coalesce(sum(reserved_bytes), 0)::int from file_mgr.upload_sessions) as uploads,
    (select count(*)::int from file_mgr.files where state = 'ready') as ready`)
  return sums!
}

test('killed again and again amid uploads, all adds up, and nothing is left over', async () => {
  for (let kill = 0; kill < KILLS; kill++) {
    const child = spawn(process.execPath, [program, JSON.stringify(testbed.place)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const gone = once(child, 'exit')
    await once(child.stdout, 'data')
    await setTimeout(200 + Math.random() * 500)
    child.kill('SIGKILL')
    assert.deepEqual(await gone, [null, 'SIGKILL'])
  }
  // Its transactions end when PostgreSQL notices that nobody is there.
  await testbed.deps.system.transact((transaction) =>
    sql`lock table file_mgr.upload_sessions, file_mgr.files, file_mgr.quotas in exclusive mode`.execute(
      transaction,
    ),
  )
  const sums = await addUp()
  assert.ok(sums.ready! > 0 && sums.uploads! > 0)
  const quota = await testbed.client.files.quota({}, { context: callOf() })
  assert.deepEqual([quota.usedBytes, quota.reservedBytes], [sums.files, sums.uploads])

  // Each object is named by a row.
  const named = await testbed.ask(sql<{ key: string }>`select object_key as key from file_mgr.files
    union select object_key from file_mgr.upload_sessions`)
  const known = new Set(named.map(({ key }) => key))
  assert.deepEqual(
    (await testbed.keys()).filter((key) => !known.has(key)),
    [],
  )

  await testbed.ask(sql`update file_mgr.upload_sessions set expires_at = now() - interval '2 hours'`)
  await testbed.jobs['file.remove-ended-uploads']()
  await testbed.tellEvents()
  const left = await testbed.client.files.quota({}, { context: callOf() })
  assert.deepEqual([left.usedBytes, left.reservedBytes], [sums.files, 0])
  // Each file has its object, as it was sent; and there is no other.
  const files = await testbed.ask(sql<{ key: string; hash: Buffer }>`
    select object_key as key, hash from file_mgr.files where state <> 'deleted'`)
  assert.deepEqual(await testbed.keys(), files.map(({ key }) => key).toSorted())
  for (const { key, hash } of files) {
    const { stream } = await testbed.deps.storage.get(key)
    assert.ok(
      createHash('sha256')
        .update(await buffer(stream))
        .digest()
        .equals(hash),
    )
  }
})
