import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { after, before, beforeEach, test } from 'node:test'
import type { PlannedSegment } from '@flatrender/contracts/engine'
import { openSegmentCache, type SegmentCache } from '../cache/segment-cache.ts'
import { readSegment, type Segment, writeSegment } from '../cache/segment-file.ts'
import { openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { cardScene, makeTemplate } from '../testbed/test-template.ts'
import { packThumbprints } from '../verify/known-pictures.ts'
import type { WorkerPool } from '../worker/worker-pool.ts'

const template = makeTemplate([cardScene('card', 150)])
let bed: Testbed
let pool: WorkerPool
let cache: SegmentCache
let clean: Buffer
let second: PlannedSegment
before(async () => {
  bed = await openTestbed()
  pool = bed.openPool()
  cache = await openSegmentCache({ folder: bed.workspace.segments, limit: 1e9 })
  second = (await bed.prepare(template, 'a.mp4')).plan.segments[1]!
})
beforeEach(async () => {
  await bed.forget()
  await bed.render(template, 'clean.mp4', { pool })
  clean = await readFile(bed.file('clean.mp4'))
})
after(() => bed.close())

/** Writes over the second segment what `damage` makes of it. */
async function damage(change: (file: Buffer, segment: Segment) => Buffer): Promise<void> {
  const file = await readFile(cache.pathOf(second.key))
  await writeFile(cache.pathOf(second.key), change(file, readSegment(file)!))
}

const withStream = (
  segment: Segment,
  change: (packets: Segment['stream']['packets']) => Segment['stream']['packets'],
) => writeSegment({ ...segment, stream: { ...segment.stream, packets: change(segment.stream.packets) } })

const damages: Record<string, (file: Buffer, segment: Segment) => Buffer> = {
  'a flipped byte': (file) => {
    const copy = Buffer.from(file)
    copy[copy.length >> 1] = (copy[copy.length >> 1] ?? 0) ^ 1
    return copy
  },
  'a cut-off file': (file) => file.subarray(0, file.length >> 1),
  'an empty file': () => Buffer.alloc(0),
  'another number of frames': (_, { manifest, stream }) =>
    writeSegment({ manifest: { ...manifest, frames: 74 }, stream }),
  'a lost packet': (_, segment) => withStream(segment, (packets) => packets.slice(0, -1)),
  'an empty packet': (_, segment) =>
    withStream(segment, (packets) =>
      packets.map((one, at) => (at === 3 ? { ...one, data: Buffer.alloc(0) } : one)),
    ),
  'two packets of one time': (_, segment) =>
    withStream(segment, (packets) =>
      packets.map((one, at) => (at === 3 ? { ...one, pts: packets[2]!.pts } : one)),
    ),
  'no key frame at its head': (_, segment) =>
    withStream(segment, (packets) => packets.map((one) => ({ ...one, key: false }))),
}

for (const [what, change] of Object.entries(damages)) {
  test(`a cached segment with ${what} is painted again, and the file is the same`, async () => {
    await damage(change)
    const { painted, cached, repaired } = await bed.render(template, 'mended.mp4', { pool })
    assert.deepEqual({ painted, cached, repaired }, { painted: 0, cached: 150, repaired: 75 })
    assert.ok((await readFile(bed.file('mended.mp4'))).equals(clean))
    assert.equal((await bed.render(template, 'again.mp4', { pool })).repaired, 0)
  })
}

test('a full verification paints again what was only looked at by its first picture, once', async () => {
  const render = async () => {
    const { painted, cached, repaired } = await bed.render(template, 'full.mp4', { pool, verify: 'full' })
    return { painted, cached, repaired }
  }
  assert.deepEqual(await render(), { painted: 150, cached: 0, repaired: 0 })
  assert.deepEqual(await render(), { painted: 0, cached: 150, repaired: 0 })
  assert.ok((await readFile(bed.file('full.mp4'))).equals(clean))
})

test('a full verification finds a wrong picture in a whole file, and in the middle of a segment', async () => {
  await bed.render(template, 'full.mp4', { pool, verify: 'full' })
  const other = await cache.read((await bed.prepare(template, 'a.mp4')).plan.segments[0]!.key)
  const wrong: ((segment: Segment) => Segment)[] = [
    (segment) => ({ ...segment, stream: { ...segment.stream, packets: other!.stream.packets } }),
    ({ manifest, stream }) => {
      const packed = packThumbprints(new Map([[40, new Uint8Array(1008)]]))
      return { manifest: { ...manifest, thumbprints: { ...manifest.thumbprints, ...packed } }, stream }
    },
  ]
  for (const change of wrong) {
    await damage((_, segment) => writeSegment(change(segment)))
    const { repaired } = await bed.render(template, 'mended.mp4', { pool, verify: 'full' })
    assert.equal(repaired, 75)
    assert.ok((await readFile(bed.file('mended.mp4'))).equals(clean))
  }
})
