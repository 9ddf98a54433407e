import assert from 'node:assert/strict'
import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { ToldAct } from '@flatrender/contracts/events'
import { MOST_NODE_WORKERS, NODE_TOKEN_AUDIENCE } from '@flatrender/contracts/node'
import { readOrigin } from '@flatrender/platform/service'
import { SignJWT } from 'jose'
import { sql } from 'kysely'
import { expireLeases } from '../frame-jobs/expire-leases.ts'
import {
  addNode,
  callOfNode,
  describeNode,
  enqueue,
  letLeasesRunOut,
  probeJob,
  type TestNode,
  tenantOf,
} from '../testbed/farm.ts'
import { callAsSystem, callOf, isCode, openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { keepMonths } from './keep-months.ts'

let testbed: Testbed
before(async () => {
  testbed = await openTestbed()
})
after(() => testbed.close())

const admin = { context: callOf({ role: 'admin' }) }
const system = { context: callAsSystem() }

function makeKey() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return { publicKey: publicKey.export({ format: 'jwk' }).x!, privateKey }
}

/** Makes a node by a token; gives its id and its key. */
async function enrol(name: string) {
  const { token, id } = await testbed.client.nodes.create({ name }, admin)
  const key = makeKey()
  const input = { token, publicKey: key.publicKey, description: describeNode() }
  await testbed.client.node.enrol(input, { context: callOf() })
  return { id, key, input }
}

const sign = (
  key: KeyObject,
  {
    subject,
    audience = NODE_TOKEN_AUDIENCE,
    seconds = 50,
  }: { subject: string; audience?: string; seconds?: number },
) =>
  new SignJWT()
    .setProtectedHeader({ alg: 'EdDSA' })
    .setSubject(subject)
    .setAudience(audience)
    .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
    .sign(key)

test('a token makes one machine a node, once; said again by the same, it is the same node', async () => {
  const { id, input } = await enrol('first')
  const again = await testbed.client.node.enrol(input, { context: callOf() })
  assert.deepEqual(again, { nodeId: id, name: 'first' })
  const refused = isCode('NODE_ENROLMENT_REFUSED')
  const other = { ...input, publicKey: makeKey().publicKey }
  await assert.rejects(testbed.client.node.enrol(other, { context: callOf() }), refused)
  await assert.rejects(
    testbed.client.node.enrol({ ...input, token: 'fr_node_none-of-ours-at-all' }, { context: callOf() }),
    refused,
  )
  const second = await testbed.client.nodes.create({ name: 'second' }, admin)
  const twice = { ...input, token: second.token }
  await assert.rejects(
    testbed.client.node.enrol(twice, { context: callOf() }),
    refused,
    'a key is one node’s',
  )
  await testbed.ask(
    sql`update render.nodes set enrolment_expires_at = now() - interval '1 second' where id = ${second.id}`,
  )
  const late = { ...other, token: second.token }
  await assert.rejects(testbed.client.node.enrol(late, { context: callOf() }), refused, 'it was too old')
})

test('no token can be read in the database, and a lost answer is given again', async () => {
  const asking = { context: { ...admin.context, idempotencyKey: 'once' } }
  const { id, token } = await testbed.client.nodes.create({ name: 'third' }, asking)
  assert.equal((await testbed.client.nodes.create({ name: 'third' }, asking)).token, token)
  const rows = await testbed.ask(sql<{ text: string }>`
    select row_to_json(node)::text as text from render.nodes as node where id = ${id}
    union all select answer::text from platform.idempotency_keys`)
  for (const { text } of rows) assert.ok(!text.includes(token))
  await assert.rejects(testbed.client.nodes.create({ name: 'third' }, admin), isCode('NODE_NAME_TAKEN'))
})

test('a node is who its own key says, for us and for a minute', async () => {
  const { id, key } = await enrol('signer')
  const stranger = makeKey()
  const identify = async (token: Promise<string>) =>
    testbed.client.nodes.identify({ token: await token }, system)
  const { actor } = await identify(sign(key.privateKey, { subject: id }))
  assert.deepEqual([actor.kind, actor.id, actor.permissions], ['node', id, ['farm:work']])
  const unknown = isCode('NODE_UNKNOWN')
  await assert.rejects(identify(sign(stranger.privateKey, { subject: id })), unknown)
  await assert.rejects(identify(sign(key.privateKey, { subject: randomUUID() })), unknown)
  await assert.rejects(identify(sign(key.privateKey, { subject: id, audience: 'flatrender' })), unknown)
  await assert.rejects(identify(Promise.resolve('none')), unknown)
  const stale = isCode('NODE_SIGNATURE_STALE')
  await assert.rejects(identify(sign(key.privateKey, { subject: id, seconds: 3600 })), stale)
  await assert.rejects(identify(sign(key.privateKey, { subject: id, seconds: -60 })), stale)
  await testbed.client.nodes.retire({ id }, admin)
  await assert.rejects(identify(sign(key.privateKey, { subject: id })), unknown)
})

test('a node of another version is refused, in words', async () => {
  const description = describeNode({ version: '1.0.0' })
  const { id } = await enrol('elder')
  const start = testbed.client.node.start({ description, templates: [] }, { context: callOfNode(id) })
  await assert.rejects(start, isCode('NODE_VERSION_REFUSED'))
})

test('a node is drained, paused, resumed and retired; what a retired one holds goes to others', async () => {
  const node = await addNode(testbed, 'obedient')
  const wish = async () => (await node.beat()).wish
  const { client } = testbed
  assert.equal((await client.nodes.drain({ id: node.id }, admin)).state, 'draining')
  assert.equal(await wish(), 'drain')
  assert.equal((await client.nodes.pause({ id: node.id }, admin)).state, 'paused')
  assert.equal(await wish(), 'pause')
  await node.start()
  assert.equal(await wish(), 'pause', 'it stays paused when it starts anew')
  assert.equal((await client.nodes.resume({ id: node.id }, admin)).state, 'online')
  assert.equal(await wish(), 'work')
  await enqueue(testbed, probeJob())
  assert.equal((await node.lease()).length, 1)
  const shown = await client.nodes.show({ id: node.id }, admin)
  assert.deepEqual([shown.running, shown.health.length], [1, 4])
  assert.equal((await client.nodes.retire({ id: node.id }, admin)).running, 0)
  await assert.rejects(node.lease(), isCode('NODE_UNKNOWN'))
  await assert.rejects(client.nodes.resume({ id: node.id }, admin), isCode('NODE_STATE_WRONG'))
})

/** Lets two minutes pass in which nothing is heard of a node. */
async function fallSilent({ id }: TestNode) {
  await testbed.ask(sql`update render.nodes set last_seen_at = now() - interval '2 minutes' where id = ${id}`)
  await testbed.service.jobs['render.look-after-leases']()
}

test('a silent node is offline, and online again when it is heard of', async () => {
  const node = await addNode(testbed, 'silent')
  const state = async () => (await testbed.client.nodes.show({ id: node.id }, admin)).state
  await fallSilent(node)
  await testbed.service.jobs['render.look-after-leases']()
  assert.equal(await state(), 'offline')
  await node.beat()
  assert.equal(await state(), 'online')
  await testbed.client.node.release({ leases: [], leaving: true }, { context: node.context })
  assert.equal(await state(), 'offline')
})

test('only resume ends a drain or a pause: no silence, no leaving and no restart does', async () => {
  const node = await addNode(testbed, 'recalled')
  const { client } = testbed
  const read = async () => {
    const { state, wish } = await client.nodes.show({ id: node.id }, admin)
    return [state, wish]
  }
  await enqueue(testbed, probeJob())
  for (const [act, state, wish] of [
    ['drain', 'draining', 'drain'],
    ['pause', 'paused', 'pause'],
  ] as const) {
    await client.nodes[act]({ id: node.id }, admin)
    await node.start()
    assert.deepEqual(await read(), [state, wish], 'after a restart')
    await fallSilent(node)
    assert.deepEqual(await read(), ['offline', wish])
    assert.equal((await node.beat()).wish, wish)
    assert.deepEqual(await read(), [state, wish], 'after a silence')
    await client.node.release({ leases: [], leaving: true }, { context: node.context })
    assert.deepEqual(await read(), ['offline', wish])
    await node.start()
    assert.deepEqual(await read(), [state, wish], 'after it left')
    assert.deepEqual(await node.lease(), [])
  }
  await client.nodes.resume({ id: node.id }, admin)
  await client.node.release({ leases: [], leaving: true }, { context: node.context })
  assert.equal((await client.nodes.drain({ id: node.id }, admin)).state, 'offline')
  await node.start()
  assert.deepEqual(await read(), ['draining', 'drain'], 'what is offline may be drained ahead')
  await fallSilent(node)
  assert.equal((await client.nodes.resume({ id: node.id }, admin)).state, 'offline')
  await node.beat()
  assert.deepEqual(await read(), ['online', 'work'])
})

test('a beat names all that a node of the most workers has in hand', async () => {
  const node = await addNode(testbed, 'giant', { workers: MOST_NODE_WORKERS })
  const leases = Array.from({ length: 3 * MOST_NODE_WORKERS + 16 }, () => ({
    tenantId: tenantOf(0),
    jobId: randomUUID(),
    fence: 1,
  }))
  assert.equal((await node.beat(leases)).lost.length, leases.length)
  const more = addNode(testbed, 'beyond', { workers: MOST_NODE_WORKERS + 1 })
  await assert.rejects(more, { code: 'BAD_REQUEST' })
})

test('nodes are the installation’s: another tenant has none and sees none, nor does a member', async () => {
  const theirs = { context: callOf({ tenantId: tenantOf(7), role: 'owner' }) }
  for (const refused of [
    testbed.client.nodes.create({ name: 'x' }, theirs),
    testbed.client.nodes.list({}, theirs),
    testbed.client.nodes.show({ id: randomUUID() }, theirs),
    testbed.client.nodes.retire({ id: randomUUID() }, theirs),
  ])
    await assert.rejects(refused, isCode('NODES_NOT_YOURS'))
  await assert.rejects(testbed.client.nodes.list({}, { context: callOf() }), isCode('ACCESS_FORBIDDEN'))
  await assert.rejects(testbed.client.nodes.show({ id: randomUUID() }, admin), isCode('NODE_NOT_FOUND'))
})

test('the months of nodes’ health are made ahead, and old ones go', async () => {
  await keepMonths(testbed.render)
  await keepMonths(testbed.render)
  const parts = await testbed.ask(
    sql<{ part: string }>`select inhrelid::regclass::text as part from pg_inherits
      where inhparent = 'render.node_health_logs'::regclass order by part`,
  )
  const next = new Date()
  next.setUTCMonth(next.getUTCMonth() + 1, 1)
  const month = next.toISOString().slice(0, 7).replace('-', '_')
  assert.ok(parts.some(({ part }) => part.endsWith(month)))
  assert.ok(!parts.some(({ part }) => part.endsWith('2026_01')))
})

test('what is done to a node is told for the audit log, in words, once', async () => {
  const { client } = testbed
  const call = { ...admin.context, requestId: 'audited', address: '198.51.100.9' }
  const { id, token } = await client.nodes.create({ name: 'audited' }, { context: call })
  const { publicKey } = makeKey()
  await client.node.enrol({ token, publicKey, description: describeNode() }, { context: callOf() })
  const context = callOfNode(id)
  await client.node.start({ description: describeNode(), templates: [] }, { context })
  for (const act of ['drain', 'drain', 'pause', 'resume'] as const)
    await client.nodes[act]({ id }, { context: call })
  await testbed.ask(sql`update render.nodes set state = 'quarantined', reason = 'a test' where id = ${id}`)
  await client.nodes.resume({ id }, { context: call })
  await client.nodes.retire({ id }, { context: call })
  const acts = await testbed.ask(sql<{ data: ToldAct }>`
    select data from platform.events where subject = ${id} and type = 'render.act.recorded' order by happened_at, id`)
  assert.deepEqual(
    acts.map(({ data }) => [data.action, data.actorKind, data.before?.state]),
    [
      ['node.created', 'user', undefined],
      ['node.enrolled', 'system', undefined],
      ['node.drained', 'user', 'online'],
      ['node.paused', 'user', 'draining'],
      ['node.resumed', 'user', 'paused'],
      ['node.resumed', 'user', 'quarantined'],
      ['node.retired', 'user', 'online'],
    ],
  )
  const { address } = readOrigin(acts[0]!.data, id, testbed.deps.secretKeys)
  assert.equal(address, '198.51.100.9')
})

/** Two nodes of their own, and an empty queue. */
const addPair = async (name: string) => {
  await testbed.ask(sql`delete from render.frame_jobs`)
  await testbed.ask(sql`delete from render.tenant_shares`)
  return [await addNode(testbed, name), await addNode(testbed, `${name}’s peer`)] as const
}
const readNode = async ({ id }: TestNode) =>
  (
    await testbed.ask(
      sql<{ failures: number; state: string }>`
        select recent_failures as failures, state from render.nodes where id = ${id}`,
    )
  )[0]!

/** What the lease query does first. */
const takeBack = () => testbed.ask(sql`select render.take_back_expired(32, 3)`)

test('a death counts once against its node, however many jobs that had in hand', async () => {
  const [one, two] = await addPair('mortal')
  await enqueue(testbed, ...Array.from({ length: 6 }, () => probeJob()))
  assert.equal((await one.lease(6)).length, 6)
  await one.start()
  assert.deepEqual(await readNode(one), { failures: 1, state: 'online' })
  assert.equal((await two.lease(6)).length, 6)
})

test('a silence counts once, whoever takes its leases back and however often that is looked at', async () => {
  const [one, two] = await addPair('mute')
  const jobs = await enqueue(testbed, ...Array.from({ length: 4 }, () => probeJob()))
  const leases = await one.lease(4)
  const runOut = (...ids: string[]) =>
    testbed.ask(sql`update render.frame_jobs set lease_expires_at = now() - interval '1 second'
      where state = 'leased' and node_id = ${one.id} and id = any (${ids}::uuid[])`)
  await runOut(jobs[0]!.id)
  await takeBack()
  assert.equal((await readNode(one)).failures, 0b1)
  await runOut(jobs[1]!.id, jobs[2]!.id)
  assert.equal(await expireLeases(testbed.render), 2)
  await one.start()
  assert.equal((await readNode(one)).failures, 0b1, 'its death was what it was silent of')
  assert.equal((await two.lease(4)).length, 4)
  await assert.rejects(one.complete(leases[0]!), isCode('LEASE_LOST'))

  await enqueue(testbed, probeJob())
  assert.equal((await one.lease()).length, 1)
  await letLeasesRunOut(testbed)
  assert.ok((await expireLeases(testbed.render)) > 0)
  assert.equal((await readNode(one)).failures, 0b11, 'it was heard of in between')
})

test('a node that falls silent again and again is quarantined, whoever noticed', async () => {
  const [one, two] = await addPair('moody')
  for (let round = 0; round < 5; round++) {
    await enqueue(testbed, probeJob())
    assert.equal((await one.lease()).length, 1)
    await letLeasesRunOut(testbed)
    await takeBack()
    if (round === 4) break
    await two.complete((await two.lease())[0]!)
    await one.beat()
  }
  assert.deepEqual(await readNode(one), { failures: 0b11111, state: 'online' })
  await testbed.service.jobs['render.look-after-leases']()
  assert.equal((await readNode(one)).state, 'quarantined')
})
