import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import type { ThumbnailOrder } from '@flatrender/contracts/node'
import { withClient } from '@flatrender/database'
import { serveSigned } from '@flatrender/platform/storage'
import { sql } from 'kysely'
import { expireLeases } from '../frame-jobs/expire-leases.ts'
import { removeUnusedInputs } from '../inputs/remove-unused-inputs.ts'
import { addNode, enqueue, probeJob, type TestNode } from '../testbed/farm.ts'
import { callOf, openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { sha256 } from '../testbed/segments.ts'
import { keepCrash } from './keep-crash.ts'
import { removeOldCrashes } from './remove-old-crashes.ts'

let testbed: Testbed
let node: TestNode

before(async () => {
  testbed = await openTestbed()
  node = await addNode(testbed, 'one')
})
after(() => testbed?.close())

const context = callOf({ role: 'admin' })
const picture = Buffer.from('a person’s picture')
const crash = {
  kind: 'died',
  signal: 'SIGSEGV',
  exitCode: null,
  lastLines: 'out of luck',
  piece: null,
  frame: null,
  rssBytes: 5,
} as const

/** Leases an order that needs the picture, wherever that lies. */
async function begin(objectKey: string) {
  const media = { hash: sha256(picture), bytes: picture.length, objectKey, extension: '.png' }
  const more = { seconds: 0, maxSide: 10, format: 'png', objectKey: 'render/test/thumbnail' }
  await enqueue(testbed, probeJob({ kind: 'thumbnail', input: { kind: 'thumbnail', media, ...more } }))
  const [lease] = await node.lease()
  return lease!
}

/** Has a worker die of it. Gives the id of its record. */
async function die(objectKey: string): Promise<string> {
  await node.fail(await begin(objectKey), { crash, retryable: false })
  return lastCrash()
}

async function lastCrash(): Promise<string> {
  const { crashes } = await testbed.client.nodes.show({ id: node.id }, { context })
  return crashes[0]!.id
}

/** Does what the service has left to its workers. */
const keep = () =>
  withClient(testbed.database.ownerUrl, async (client) => {
    const { rows } = await client.query<{ payload: unknown }>(
      `select payload from graphile_worker._private_jobs where key like 'render.keep-crash:%' order by id`,
    )
    assert.ok(rows.length > 0)
    for (const { payload } of rows) await keepCrash(testbed.render, payload)
  })

/** What a replay is given. */
async function fetchPicture(id: string): Promise<string> {
  const { order } = await testbed.client.nodes.replay({ id }, { context })
  const url = (order as ThumbnailOrder).media.url.slice('/files'.length)
  const { stream } = await serveSigned(testbed.deps, { method: 'GET', url, headers: {} })
  return (await buffer(stream!)).toString()
}

const keys = async () => (await Array.fromAsync(testbed.deps.storage.list())).map(({ key }) => key)

test('a death can be reproduced for as long as its record is kept, and costs its files once', async () => {
  const { storage } = testbed.deps
  const ids: string[] = []
  for (const key of ['file/of-somebody', 'render/of-a-render']) {
    await storage.put(key, picture)
    ids.push(await die(key))
    await keep()
    await keep()
    await storage.delete(key)
  }
  await testbed.ask(sql`update render.inputs set last_used_at = now() - interval '1 year'`)
  await removeUnusedInputs(testbed.render)
  for (const id of ids) assert.equal(await fetchPicture(id), picture.toString())
  assert.equal((await keys()).length, 1)

  await testbed.ask(
    sql`update render.node_crashes set crashed_at = now() - interval '1 year' where id = ${ids[0]!}`,
  )
  await removeOldCrashes(testbed.render)
  await testbed.ask(sql`update render.inputs set last_used_at = now() - interval '1 year'`)
  await removeUnusedInputs(testbed.render)
  await assert.rejects(fetchPicture(ids[0]!), { code: 'CRASH_NOT_FOUND' })
  assert.equal(await fetchPicture(ids[1]!), picture.toString())

  await testbed.ask(sql`update render.node_crashes set crashed_at = now() - interval '1 year'`)
  await removeOldCrashes(testbed.render)
  await testbed.ask(sql`update render.inputs set last_used_at = now() - interval '1 year'`)
  await removeUnusedInputs(testbed.render)
  assert.deepEqual(await keys(), [])
})

test('an order with which the last of several nodes was lost can be tried again as well', async () => {
  const { storage } = testbed.deps
  await storage.put('file/of-a-lost-node', picture)
  const { jobId } = await begin('file/of-a-lost-node')
  await testbed.ask(sql`update render.frame_jobs set attempts = 2, lease_expires_at = now() - interval '1 second'
    where id = ${jobId}`)
  await expireLeases(testbed.render)
  const id = await lastCrash()
  await keep()
  await storage.delete('file/of-a-lost-node')
  assert.equal(await fetchPicture(id), picture.toString())
  await testbed.ask(sql`update render.node_crashes set crashed_at = now() - interval '1 year'`)
  await removeOldCrashes(testbed.render)
  await testbed.ask(sql`update render.inputs set last_used_at = now() - interval '1 year'`)
  await removeUnusedInputs(testbed.render)
})

test('a record that is removed before its files are kept leaves nothing; files that are gone spoil no record', async () => {
  await testbed.deps.storage.put('file/of-another', picture)
  const [gone, poor] = [await die('file/of-another'), await die('file/of-nobody')]
  await testbed.ask(sql`delete from render.node_crashes where id = ${gone}`)
  await keep()
  assert.deepEqual(await testbed.ask(sql`select from render.input_pins`), [])
  const { order } = await testbed.client.nodes.replay({ id: poor }, { context })
  assert.match((order as ThumbnailOrder).media.url, /of-nobody/)
})

test('a death is written down whatever its last words and its exit code were', async () => {
  const half = '😀'.slice(0, 1)
  const told = { ...crash, signal: null, exitCode: 0xc000_0005, lastLines: `${half} out of\0 luck` }
  const data = { [`path ${half}`]: ['\0'] }
  await node.fail(await begin('render/of-a-render'), { crash: told, data, retryable: false })
  const { crashes } = await testbed.client.nodes.show({ id: node.id }, { context })
  assert.equal(crashes[0]!.exitCode, 0xc000_0005)
  const [row] = await testbed.ask(sql`select last_lines from render.node_crashes order by id desc limit 1`)
  assert.deepEqual(row, { last_lines: '\u{FFFD} out of\u{FFFD} luck' })
})
