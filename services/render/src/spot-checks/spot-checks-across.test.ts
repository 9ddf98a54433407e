import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { after, before, beforeEach, test } from 'node:test'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import type { FramesOrder, InputFile, LeasedJob, NodeOrder, NodeResult } from '@flatrender/contracts/node'
import { openLottieEngine, type RenderEngine } from '@flatrender/engine-render'
import { keyOfSegment, layOutHeader, readSegmentManifest, SEGMENT_HASH_BYTES } from '@flatrender/engine-scene'
import { sql } from 'kysely'
import { addNode, enqueue, probeJob, type TestNode } from '../testbed/farm.ts'
import { openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { sha256 } from '../testbed/segments.ts'

// There is one architecture here: what another declares is painted by this one's engine, and bears that one's key.
const FRAMES = 6
let home: string
let engine: RenderEngine
let testbed: Testbed
let first: TestNode
let second: TestNode
let third: TestNode
before(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'flatrender-across-'))
  const limits = { workers: 1, memoryLimit: 4_000_000_000, hangTimeout: 60_000, environment: process.env }
  engine = await openLottieEngine({ ...limits, home: path.join(home, 'engine') })
  testbed = await openTestbed({ config: { spotCheckShare: 1 } })
  const elsewhere = `${engine.build.slice(0, engine.build.lastIndexOf(' '))} other`
  first = await addNode(testbed, 'first', { engineBuild: engine.build })
  second = await addNode(testbed, 'second', { engineBuild: elsewhere, arch: 'arm64' })
  third = await addNode(testbed, 'third', { engineBuild: elsewhere, arch: 'arm64' })
})
after(async () => {
  await engine?.close()
  await testbed?.close()
  await rm(home, { recursive: true, force: true })
})
beforeEach(async () => {
  await testbed.ask(sql`delete from render.spot_checks`)
  await testbed.ask(sql`delete from render.segments`)
  await testbed.ask(sql`delete from render.frame_jobs`)
  await testbed.ask(sql`update render.nodes set recent_failures = 0, state = 'online', reason = null`)
})

/** A square of a colour that wanders over a ground of another. */
const lottieOf = (color: string) =>
  Buffer.from(
    JSON.stringify({
      v: '5.7.0',
      fr: 30,
      ip: 0,
      op: FRAMES,
      w: 160,
      h: 90,
      layers: [
        { ty: 1, ip: 0, op: FRAMES, st: 0, sw: 60, sh: 60, sc: color, ks: { p: { a: 0, k: [50, 20] } } },
        { ty: 1, ip: 0, op: FRAMES, st: 0, sw: 160, sh: 90, sc: '#204060', ks: {} },
      ],
    }),
  )
const [right, wrong] = [lottieOf('#e0c040'), lottieOf('#40c0e0')]

const settings = {
  codec: 'h264',
  width: 160,
  height: 90,
  fps: { num: 30, den: 1 },
  quality: 'draft',
  alpha: false,
} as const
const range = { from: 0, to: FRAMES }
const pieceOf = (lottie: string) => ({ name: 'square', lottie, step: 1, checks: [], still: [] })
const keyOf = (lottie: string) =>
  keyOfSegment({ engine: engine.build, ...pieceOf(lottie), ...range, settings, background: null })

/** Queues the right square for the first node's build, with its row. */
async function queue(): Promise<void> {
  const id = randomUUID()
  const hash = sha256(right)
  const objectKey = `render/test/${id}`
  await testbed.deps.storage.put('render/test/lottie', right)
  const lottie = { hash, bytes: right.length, objectKey: 'render/test/lottie', extension: '.json' }
  const more = { kind: 'frames', template: null, media: [], settings, background: null, verify: 'key' }
  const segments = [{ key: keyOf(hash), piece: 0, ...range, start: 0, objectKey }]
  const input = { ...more, lottie, piece: pieceOf(hash), segments }
  await enqueue(testbed, probeJob({ id, kind: 'frames', frames: FRAMES, engineBuild: engine.build, input }))
  await testbed.ask(sql`
    insert into render.segments (tenant_id, key, frames, arch, engine_build, state, frame_job_id, object_key)
    values (${DEFAULT_TENANT_ID}, decode(${keyOf(hash)}, 'hex'), ${FRAMES}, 'x64', ${engine.build}, 'rendering', ${id}, ${objectKey})`)
}

const placeOf = (url: string) => decodeURIComponent(/render\/[^?]+/.exec(url)![0])

/** Has the engine carry an order out, with its inputs as they lie in the storage. */
async function run(order: NodeOrder, contents: ReadonlyMap<string, Buffer>) {
  const scratch = path.join(home, randomUUID())
  await mkdir(scratch)
  const inputs = new Map<string, string>()
  for (const [hash, content] of contents) {
    const file = path.join(scratch, hash)
    await writeFile(file, content)
    inputs.set(hash, file)
  }
  const output = path.join(scratch, 'output')
  const hearing = { signal: new AbortController().signal, onFrame: () => {} }
  return { result: await engine.run(order, { inputs, outputs: [output], scratch }, hearing), output }
}

/** A segment's file under another key: what the same engine leaves on another architecture. */
function underKey(file: Buffer, key: string): Buffer {
  const { header, packetsAt } = readSegmentManifest(file)!
  const packets = file.subarray(packetsAt, file.length - SEGMENT_HASH_BYTES)
  const body = Buffer.concat([layOutHeader({ ...header, key }), packets])
  return Buffer.concat([body, createHash('sha256').update(body).digest()])
}

/** Has a node paint what it leases: that, whatever was ordered; and say what its architecture would. */
async function paint(node: TestNode, lottie: Buffer, isOther: boolean): Promise<void> {
  const [lease] = await node.lease()
  const order = lease!.order as FramesOrder
  const [segment] = order.segments
  const hash = sha256(lottie)
  const wanted = { ...order, lottie: { ...order.lottie, hash }, piece: pieceOf(hash) }
  const { result, output } = await run(
    { ...wanted, segments: [{ ...segment!, key: keyOf(hash) }] },
    new Map([[hash, lottie]]),
  )
  assert.ok(result.kind === 'frames')
  const file = underKey(await readFile(output), segment!.key)
  await testbed.deps.storage.put(placeOf(segment!.put), file)
  const painted = { ...result.segments[0]!, key: segment!.key, hash: sha256(file), bytes: file.length }
  // Another architecture’s encoder never leaves these very bits.
  const packets = isOther ? sha256(file) : painted.packets
  await report(node, lease!, { ...result, segments: [{ ...painted, packets }] })
}

const report = (node: TestNode, { tenantId, jobId, fence }: LeasedJob, result: NodeResult) =>
  testbed.client.node.complete({ tenantId, jobId, fence, result, workedMs: 5 }, { context: node.context })

/** Has a node compare what it is given to compare. */
async function compare(node: TestNode): Promise<void> {
  const [lease] = await node.lease()
  const order = lease!.order
  assert.ok(order.kind === 'compare')
  const read = async ({ hash, url }: InputFile) =>
    [hash, await buffer((await testbed.deps.storage.get(placeOf(url))).stream)] as const
  const { result } = await run(order, new Map(await Promise.all(order.segments.map(read))))
  await report(node, lease!, result)
}

const readCheck = async () =>
  (
    await testbed.ask(
      sql<{ outcome: string; odd: string | null; closed: boolean; apart: number | null }>`
        select outcome, odd_node_id as odd, closed_at is not null as closed, largest_difference as apart
        from render.spot_checks`,
    )
  )[0]!

test('what another architecture paints is compared as pictures: the same closes the case', async () => {
  await queue()
  await paint(first, right, false)
  await paint(second, right, true)
  assert.equal((await readCheck()).outcome, 'pending')
  await compare(third)
  assert.deepEqual(await readCheck(), { outcome: 'within_tolerance', odd: null, closed: true, apart: 0 })
})

for (const [who, pictures, odd] of [
  ['second', [right, wrong, right], 1],
  ['first', [wrong, right, right], 0],
] as const)
  test(`where two architectures show different pictures a third node tells; the ${who} is quarantined`, async () => {
    await queue()
    await paint(first, pictures[0], false)
    await paint(second, pictures[1], true)
    await compare(first)
    const check = await readCheck()
    assert.deepEqual([check.outcome, check.odd, check.closed], ['different', null, false])
    assert.ok(check.apart! > 50, String(check.apart))
    await paint(third, pictures[2], true)
    await compare(second)
    const node = [first, second][odd]!
    assert.deepEqual(await readCheck(), { ...check, odd: node.id, closed: true })
    const away = await testbed.ask(
      sql<{ id: string }>`select id from render.nodes where state = 'quarantined'`,
    )
    assert.deepEqual(away, [{ id: node.id }])
    const segments = await testbed.ask(sql<{ state: string }>`select state from render.segments`)
    assert.deepEqual(segments, [{ state: odd === 0 ? 'lost' : 'verified' }])
  })
