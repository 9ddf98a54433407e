import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import {
  type AssembleOrder,
  type FramesOrder,
  type NodeOrder,
  type NodeResult,
  nodeResultSchema,
  type SnapshotOrder,
} from '@flatrender/contracts/node'
import type { TemplatePackage } from '@flatrender/engine-scene'
import { type PreparedRender, prepareRender } from '../prepare/prepare-render.ts'
import { render } from '../render.ts'
import { loadTemplate } from '../template/load-template.ts'
import { listChildren } from '../testbed/list-children.ts'
import {
  type NodeDisk,
  openNodeDisk,
  orderAssembly,
  orderFrames,
  orderSound,
} from '../testbed/make-orders.ts'
import { openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { cardScene, makeTemplate } from '../testbed/test-template.ts'
import { openLottieEngine } from './open-lottie-engine.ts'
import { OrderFailure, type OrderFiles, type RenderEngine } from './render-engine.ts'

const onLinux = { skip: process.platform !== 'linux' && 'processes are told apart by /proc' }
const promo = path.join(import.meta.dirname, '../../../../templates/product-promo')
const template = makeTemplate([cardScene('card', 300)])
const story = { scenes: [{ scene: 'card', modifications: { title: 'Words' } }] }
let bed: Testbed
let engine: RenderEngine
let disk: NodeDisk
before(async () => {
  bed = await openTestbed()
  disk = openNodeDisk(bed.file('node'))
  engine = await openLottieEngine({ ...limits, home: bed.file('node/home') })
})
after(async () => {
  await engine.close()
  await bed.close()
})

const limits = { workers: 2, environment: process.env, memoryLimit: 3e9, hangTimeout: 60_000 }
const quiet = () => ({ signal: new AbortController().signal, onFrame: () => {} })

/** Runs an order; what comes of it passes the contract, and is what lies there. */
async function run<Kind extends NodeOrder['kind']>(
  order: NodeOrder & { kind: Kind },
): Promise<Extract<NodeResult, { kind: Kind }> & { files: OrderFiles }> {
  const files = await disk.filesFor(order)
  const result = await engine.run(order, files, quiet())
  assert.deepEqual(nodeResultSchema.parse(JSON.parse(JSON.stringify(result))), result)
  const told = result.kind === 'frames' ? result.segments : 'hash' in result ? [result] : []
  for (const [index, { hash, bytes }] of told.entries()) {
    const content = await readFile(files.outputs[index]!)
    assert.deepEqual([sha256(content), content.length], [hash, bytes])
  }
  return { ...(result as Extract<NodeResult, { kind: Kind }>), files }
}

const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex')

/** Has a render's sound mixed, and lays it out for whoever joins. */
async function mix(prepared: PreparedRender, of: TemplatePackage): Promise<AssembleOrder['sound']> {
  const order = await orderSound(prepared, of, disk)
  if (order === undefined) return null
  const { hash, bytes, files } = await run(order)
  await disk.hold(await readFile(files.outputs[0]!))
  return { hash, bytes, url: '/sound' }
}

/** Has every order of a render carried out, and gives the finished file. */
async function renderByOrders(prepared: PreparedRender, of = template): Promise<Buffer> {
  const segments: { key: string; hash: string; bytes: number; url: string }[] = []
  for (const order of await orderFrames(prepared, of, disk)) {
    const result = await run(order)
    for (const [index, { key, hash, bytes }] of result.segments.entries()) {
      await disk.hold(await readFile(result.files.outputs[index]!))
      segments.push({ key, hash, bytes, url: `/segments/${key}` })
    }
  }
  const { files, durationMs } = await run(orderAssembly(prepared, segments, await mix(prepared, of)))
  const { fps } = prepared.plan.settings
  assert.equal(durationMs, Math.round((prepared.plan.frames * fps.den * 1000) / fps.num))
  return readFile(files.outputs[0]!)
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => assert.fail('nothing was thrown'),
    (failure: unknown) => failure,
  )
}

async function orderCard(): Promise<FramesOrder> {
  const prepared = await bed.prepare(template, 'card.mp4', { modifications: story })
  return (await orderFrames(prepared, template, disk))[0]!
}

test('what orders make of a story with pictures, video and music is the very file that a render makes', async () => {
  const starter = await loadTemplate(promo)
  const data = path.join(promo, 'data/fa.json')
  const pool = bed.openPool({ workers: 2 })
  const request = {
    template: starter,
    modifications: JSON.parse(await readFile(data, 'utf8')) as unknown,
    mediaFolder: path.dirname(data),
    output: { container: 'mp4', resolution: '160p', fps: 6, quality: 'draft' } as const,
  }
  const prepared = await prepareRender(request, { workspace: bed.workspace, pool })
  assert.ok(prepared.sound !== undefined)
  const { workspace } = bed
  const output = bed.file('whole.mp4')
  const rest = { verify: 'key', digest: false, cacheLimit: 1e9, onProgress: () => {} } as const
  await render(prepared, { workspace, pool, workers: 2, output, signal: quiet().signal, ...rest })
  assert.ok((await renderByOrders(prepared, starter)).equals(await readFile(output)))
})

test('frames are counted as they are painted, and every node gets the same packets', async () => {
  const order = await orderCard()
  assert.ok(order.segments.length > 1)
  const counts: number[] = []
  const files = await disk.filesFor(order)
  const hearing = { ...quiet(), onFrame: (done: number) => void counts.push(done) }
  const first = await engine.run(order, files, hearing)
  assert.equal(Math.max(...counts), 300)
  assert.deepEqual(
    counts,
    counts.toSorted((a, b) => a - b),
  )
  const { files: _, ...second } = await run(order)
  assert.deepEqual(second, first)
})

test('segments are compared by what they show, frame by frame; what can’t be decoded is like nothing', async () => {
  const paint = async (title: string) => {
    const scenes = [{ scene: 'card', modifications: { title } }]
    const prepared = await bed.prepare(template, 'card.mp4', { modifications: { scenes } })
    const [order] = await orderFrames(prepared, template, disk)
    const { files } = await run({ ...order!, segments: order!.segments.slice(0, 1) })
    return readFile(files.outputs[0]!)
  }
  const words = await paint('Words')
  const damaged = Buffer.from(words).fill(0, words.length / 2)
  const compare = async (...segments: Buffer[]) => {
    const held = await Promise.all(segments.map((segment) => disk.hold(segment)))
    return (await run({ kind: 'compare', segments: held })).beside
  }
  const [other, same] = await compare(await paint('Something else altogether'), words, words)
  assert.deepEqual(same, { same: true, largestDifference: 0 })
  assert.ok(!other!.same && other!.largestDifference > 10, JSON.stringify(other))
  assert.deepEqual(await compare(words, damaged), [{ same: false, largestDifference: 255 }])
})

test('a segment under another build’s key is not painted', async () => {
  const order = await orderCard()
  const segments = order.segments.map((segment) => ({ ...segment, key: '0'.repeat(64) }))
  const error = await failureOf(run({ ...order, segments }))
  assert.ok(error instanceof OrderFailure)
  assert.deepEqual([error.failure.code, error.failure.retryable], ['SEGMENT_OF_OTHER_BUILD', true])
})

test('media that cannot be read fail the order for good, and name the file by its hash', async () => {
  const media = await disk.hold(Buffer.from('no picture at all'), '.jpg')
  const error = await failureOf(run({ kind: 'probe', media }))
  assert.ok(error instanceof OrderFailure)
  const { code, retryable, data } = error.failure
  assert.deepEqual([code, retryable, data.file], ['MEDIA_UNREADABLE', false, media.hash])
})

test('a picture, a video and a sound are probed, and the first two leave a thumbnail', async () => {
  const hold = async (name: string) => disk.hold(await readFile(path.join(promo, name)), path.extname(name))
  const picture = await hold('data/media/bedside.jpg')
  const video = await hold('data/media/dusk.mp4')
  const { info } = await run({ kind: 'probe', media: picture })
  assert.deepEqual([info.kind, info.hash], ['picture', picture.hash])
  const probed = await run({ kind: 'probe', media: video })
  assert.ok(probed.info.kind === 'video' && probed.info.seconds > 1)
  for (const media of [picture, video]) {
    const wanted = { seconds: 1, maxSide: 96, format: 'webp', put: '/thumbnail' } as const
    const { width, height } = await run({ kind: 'thumbnail', media, ...wanted })
    assert.equal(Math.max(width, height), 96)
  }
})

test('a snapshot has the size and format that were ordered, and is the same every time', async () => {
  const { lottie } = await orderCard()
  const order: SnapshotOrder = {
    kind: 'snapshot',
    template: null,
    media: [],
    lottie,
    frame: 20.5,
    width: 80,
    height: 45,
    format: 'png',
    background: '#ffffff',
    put: '/still',
  }
  const [first, second] = [await run(order), await run(order)]
  assert.deepEqual([first.width, first.height, first.hash], [80, 45, second.hash])
  const start = (await readFile(first.files.outputs[0]!)).subarray(1, 4)
  assert.equal(start.toString('latin1'), 'PNG')
})

test(
  'a worker’s death fails the order with what is known of it; another try may end better',
  onLinux,
  async () => {
    const order = await orderCard()
    const others = new Set(listChildren(process.pid))
    const own = await openLottieEngine({ ...limits, workers: 1, home: bed.file('node/other') })
    const onFrame = () => {
      for (const pid of listChildren(process.pid)) if (!others.has(pid)) process.kill(pid, 'SIGSEGV')
    }
    const error = await failureOf(own.run(order, await disk.filesFor(order), { ...quiet(), onFrame }))
    await own.close()
    assert.ok(error instanceof OrderFailure, String(error))
    const { code, retryable, crash } = error.failure
    assert.deepEqual([code, retryable], ['WORKER_CRASHED', true])
    assert.deepEqual([crash?.kind, crash?.signal, crash?.piece], ['died', 'SIGSEGV', 'card'])
    assert.equal(typeof crash?.frame, 'number')
  },
)

test('an order that nobody wants any more ends at once, and the engine goes on with others', async () => {
  const order = await orderCard()
  const lost = new AbortController()
  const hearing = { signal: lost.signal, onFrame: () => lost.abort() }
  const error = await failureOf(engine.run(order, await disk.filesFor(order), hearing))
  assert.ok(isFlatRenderError(error, 'RENDER_CANCELLED'), String(error))
  await run(order)
})

test('a segment that was damaged on its way is not joined', async () => {
  const prepared = await bed.prepare(template, 'card.mp4', { modifications: story })
  const order = await orderCard()
  const { files, segments } = await run(order)
  const held = []
  for (const [index, { key }] of segments.entries()) {
    const content = await readFile(files.outputs[index]!)
    if (index === 1) content[content.length >> 1]! ^= 1
    held.push({ key, ...(await disk.hold(content)) })
  }
  const error = await failureOf(run(orderAssembly(prepared, held, null)))
  assert.ok(error instanceof OrderFailure, String(error))
  assert.equal(error.failure.code, 'SEGMENT_UNVERIFIED')
  assert.match(error.message, /Frames 75–149 of card were wrong twice: they cannot be read back/)
})
