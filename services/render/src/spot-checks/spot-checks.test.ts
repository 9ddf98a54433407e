import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import type { FramesOrder, LeasedJob } from '@flatrender/contracts/node'
import { sql } from 'kysely'
import { addNode, findFalseShares, type TestNode, tenantOf } from '../testbed/farm.ts'
import { callOf, isCode, openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { queueSegment, reportSegment, segmentFile, sha256 } from '../testbed/segments.ts'
import { removeSpotFiles } from './remove-spot-files.ts'

let testbed: Testbed
let nodes: TestNode[]
beforeEach(async () => {
  testbed = await openTestbed({ config: { spotCheckShare: 1 } })
  nodes = [await addNode(testbed, 'a'), await addNode(testbed, 'b'), await addNode(testbed, 'c')]
})
afterEach(() => testbed.close())

/** What a node paints that paints as it should, and what one does that doesn't. */
const RIGHT = sha256(Buffer.from('right'))
const ODD = sha256(Buffer.from('odd'))

/** Has a node paint what it leases, put it where the order says, and say that these were its packets. */
async function paint(node: TestNode, key: string, packets: string): Promise<LeasedJob> {
  const [lease] = await node.lease()
  const { segments } = lease!.order as FramesOrder
  const place = decodeURIComponent(/render\/[^?]+/.exec(segments[0]!.put)![0])
  const file = segmentFile(key)
  await testbed.deps.storage.put(place, file)
  await reportSegment(testbed, node, lease!, key, file, packets)
  return lease!
}

const readCheck = async () =>
  (
    await testbed.ask(
      sql<{ outcome: string; odd: string | null; closed: boolean }>`
        select outcome, odd_node_id as odd, closed_at is not null as closed from render.spot_checks`,
    )
  )[0]

const quarantined = async () =>
  (await testbed.ask(sql<{ id: string }>`select id from render.nodes where state = 'quarantined'`)).map(
    ({ id }) => id,
  )

const acts = async () =>
  (
    await testbed.ask(
      sql<{ subject: string }>`select subject from platform.events
        where type = 'render.act.recorded' and data ->> 'action' = 'node.quarantined'`,
    )
  ).map(({ subject }) => subject)

test('what a second node paints alike closes the case, and nothing is left of it', async () => {
  const { key } = await queueSegment(testbed)
  await paint(nodes[0]!, key, RIGHT)
  assert.deepEqual(await nodes[0]!.lease(), [], 'nobody checks themselves')
  await paint(nodes[1]!, key, RIGHT)
  assert.deepEqual(await readCheck(), { outcome: 'same', odd: null, closed: true })
  await removeSpotFiles(testbed.render)
  const left: string[] = []
  for await (const { key: place } of testbed.deps.storage.list('render/')) left.push(place)
  assert.ok(left.every((place) => !place.includes('spot-checks')))
  assert.deepEqual(await findFalseShares(testbed), [])
})

for (const [what, second, third, odd] of [
  ['second', ODD, RIGHT, 1],
  ['first', ODD, ODD, 0],
] as const)
  test(`where two differ a third tells which; the ${what} is quarantined`, async () => {
    const { key } = await queueSegment(testbed)
    await paint(nodes[0]!, key, RIGHT)
    await paint(nodes[1]!, key, second)
    assert.deepEqual(await readCheck(), { outcome: 'different', odd: null, closed: false })
    assert.deepEqual(await nodes[1]!.lease(), [], 'nobody judges themselves')
    await paint(nodes[2]!, key, third)
    assert.deepEqual(await readCheck(), { outcome: 'different', odd: nodes[odd]!.id, closed: true })
    assert.deepEqual(await quarantined(), [nodes[odd]!.id])
    assert.deepEqual(await acts(), [nodes[odd]!.id])
    const segments = await testbed.ask(sql<{ state: string }>`select state from render.segments`)
    assert.deepEqual(segments, [{ state: odd === 0 ? 'lost' : 'verified' }])
  })

test('who runs the installation sees the cases that a difference has opened, a page at a time', async () => {
  const admin = { context: callOf({ role: 'admin' }) }
  const { list } = testbed.client.spotChecks
  const { key } = await queueSegment(testbed)
  await paint(nodes[0]!, key, RIGHT)
  await paint(nodes[1]!, key, ODD)
  for (let more = 0; more < 2; more++) {
    const { key } = await queueSegment(testbed)
    await paint(nodes[0]!, key, RIGHT)
  }
  const first = await list({ limit: 2 }, admin)
  assert.deepEqual(
    first.spotChecks.map(({ outcome }) => outcome),
    ['pending', 'pending'],
  )
  const { spotChecks: rest, next } = await list({ limit: 2, cursor: first.next! }, admin)
  assert.deepEqual([rest.length, next], [1, null])
  const [open] = rest
  const { outcome, firstNodeId, secondNodeId, oddNodeId, closedAt } = open!
  assert.deepEqual([outcome, oddNodeId, closedAt], ['different', null, null])
  assert.deepEqual([firstNodeId, secondNodeId], [nodes[0]!.id, nodes[1]!.id])
  assert.deepEqual((await list({ outcome: 'different' }, admin)).spotChecks, rest)
  const theirs = { context: callOf({ tenantId: tenantOf(7), role: 'owner' }) }
  await assert.rejects(list({}, theirs), isCode('NODES_NOT_YOURS'))
  await assert.rejects(list({}, { context: callOf() }), isCode('ACCESS_FORBIDDEN'))
})

test('where each of three paints otherwise nobody is odd, and the case is closed', async () => {
  const { key } = await queueSegment(testbed)
  await paint(nodes[0]!, key, RIGHT)
  await paint(nodes[1]!, key, ODD)
  await paint(nodes[2]!, key, sha256(Buffer.from('neither')))
  assert.deepEqual(await readCheck(), { outcome: 'different', odd: null, closed: true })
  assert.deepEqual(await quarantined(), [])
})
