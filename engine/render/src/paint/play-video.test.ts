import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { openVideoReader } from '@flatrender/engine-media'
import { type NumberedClip, readNumber, readNumbers, writeNumberedClip } from '../testbed/numbered-clip.ts'
import { openTestbed, type Testbed, type TestRender } from '../testbed/open-testbed.ts'
import {
  boxLayer,
  GREY_PIXEL,
  makeTemplate,
  mediaScene,
  pictureAsset,
  pictureLayer,
  type TestScene,
} from '../testbed/test-template.ts'
import type { WorkerPool } from '../worker/worker-pool.ts'

let bed: Testbed
let pool: WorkerPool
before(async () => {
  bed = await openTestbed()
  pool = bed.openPool()
  await write('clip.mov', { frames: 100 })
})
after(() => bed.close())

const write = (name: string, clip: Omit<NumberedClip, 'file'>) =>
  writeNumberedClip({ ...clip, file: bed.file(name) })

/** Renders scenes with the clip in each of them, as it is given or shown in some way. */
async function play(
  scenes: readonly TestScene[],
  clip: unknown,
  wanted: TestRender & { duration?: number } = {},
) {
  const { duration, ...more } = wanted
  const modifications = {
    scenes: scenes.map(({ id }) => ({
      scene: id,
      modifications: { clip },
      ...(duration !== undefined && { duration }),
      ...(scenes.length > 1 && { transition: 'fade' }),
    })),
  }
  const choice = { quality: 'standard' as const, ...wanted.choice }
  return bed.render(makeTemplate(scenes), 'out.mp4', { modifications, pool, ...more, choice })
}

const range = (from: number, to: number, step = 1) =>
  Array.from({ length: (to - from) / step }, (_, index) => Math.floor(from + index * step))

const shown: readonly (readonly [what: string, frames: number, value: object, expected: number[]])[] = [
  ['as it is', 60, {}, range(0, 60)],
  ['trimmed', 30, { trims: [{ start: 1, end: 2 }] }, range(30, 60)],
  [
    'in two trims',
    30,
    {
      trims: [
        { start: 2, end: 2.5 },
        { start: 0.5, end: 1 },
      ],
    },
    [...range(60, 75), ...range(15, 30)],
  ],
  ['twice as fast', 30, { speed: 2 }, range(0, 60, 2)],
  ['half as fast', 30, { speed: 0.5 }, range(0, 15, 0.5)],
  [
    'in a loop',
    60,
    { trims: [{ start: 0, end: 0.5 }], loop: true },
    [...range(0, 15), ...range(0, 15), ...range(0, 15), ...range(0, 15)],
  ],
  [
    'until its trim ends, then standing',
    30,
    { trims: [{ start: 0, end: 0.5 }] },
    [...range(0, 15), ...Array(15).fill(14)],
  ],
  [
    'until its own end, then standing',
    30,
    { trims: [{ start: 3, end: 9 }] },
    [...range(90, 100), ...Array(20).fill(99)],
  ],
]

for (const [what, frames, value, expected] of shown) {
  test(`a video shows frame for frame: ${what}`, async () => {
    await play([mediaScene('shot', frames)], { src: 'clip.mov', ...value })
    assert.deepEqual(await readNumbers(bed.file('out.mp4'), frames), expected)
  })
}

test('over many segments and at another rate each frame is the one of its time', async () => {
  await play([mediaScene('shot', 100)], 'clip.mov', { choice: { fps: 60 } })
  assert.deepEqual(await readNumbers(bed.file('out.mp4'), 200, 60), range(0, 100, 0.5))
})

test('of large videos few frames are held at a time, and none is lost between', async () => {
  await write('large.mov', { frames: 40, width: 1920, height: 1080 })
  await play([mediaScene('shot', 80)], { src: 'large.mov', speed: 0.5 })
  assert.deepEqual(await readNumbers(bed.file('out.mp4'), 80), range(0, 40, 0.5))
})

test('of a video with an uneven rate, each picture stays until the next begins', async () => {
  await write('uneven.webm', { frames: 6, times: [0, 1, 10, 11, 12, 25] })
  await play([mediaScene('shot', 30)], 'uneven.webm')
  const expected = range(0, 30).map((frame) => [0, 1, 10, 11, 12, 25].findLastIndex((at) => at <= frame))
  assert.deepEqual(await readNumbers(bed.file('out.mp4'), 30), expected)
})

test('a video plays on while its scene is held, looped or hurried', async () => {
  const scene = mediaScene('shot', 60)
  const stretched: readonly (readonly [TestScene, number])[] = [
    [scene, 3],
    [{ ...scene, markers: [{ cm: 'flatrender:hold', tm: 30, dr: 0 }] }, 3],
    [{ ...scene, markers: [{ cm: 'flatrender:loop', tm: 20, dr: 20 }] }, 3],
    [scene, 1],
  ]
  for (const [one, duration] of stretched) {
    await play([one], 'clip.mov', { duration })
    const frames = duration * 30
    assert.deepEqual(
      await readNumbers(bed.file('out.mp4'), frames),
      range(0, frames),
      JSON.stringify(one.markers),
    )
  }
})

test('through a transition both videos play on', async () => {
  await play([mediaScene('one', 60), mediaScene('two', 60)], 'clip.mov')
  const numbers = await readNumbers(bed.file('out.mp4'), 108)
  assert.deepEqual(numbers.slice(0, 48), range(0, 48))
  assert.deepEqual(numbers.slice(60), range(12, 60))
})

test('scenes that show the same picture and a video fade into each other', async () => {
  const scene = (id: string): TestScene => {
    const { layers, assets = [], slots = {} } = mediaScene(id, 30)
    const logo = pictureLayer('logo', 30)
    return {
      id,
      frames: 30,
      layers: [logo, ...layers],
      assets: [pictureAsset('logo'), ...assets],
      slots: { ...slots, logo: { type: 'image' } },
    }
  }
  const scenes = [scene('one'), scene('two')]
  await writeFile(bed.file('logo.png'), GREY_PIXEL)
  const modifications = {
    scenes: scenes.map(({ id }) => ({
      scene: id,
      transition: 'fade',
      modifications: { clip: 'clip.mov', logo: 'logo.png' },
    })),
  }
  assert.equal((await bed.render(makeTemplate(scenes), 'out.mp4', { modifications, pool })).frames, 48)
})

/** What the bars say when only the lower or the upper four are seen, each twice as wide. */
const low = (number: number) =>
  [0, 1, 2, 3].reduce((sum, bit) => sum | (((number >> bit) & 1) * (3 << (bit * 2))), 0)
const high = (number: number) => low(number >> 4)

test('cover cuts off what sticks out, away from the focal point; a crop is taken first', async () => {
  await write('wide.mov', { frames: 60, width: 320 })
  const cases: readonly (readonly [object, (number: number) => number])[] = [
    [{ src: 'wide.mov', focal: { x: 0, y: 0.5 } }, low],
    [{ src: 'wide.mov', focal: { x: 1, y: 0.5 } }, high],
    [{ src: 'clip.mov', crop: { x: 0, y: 0, width: 0.5, height: 1 } }, low],
    [{ src: 'clip.mov', crop: { x: 0.5, y: 0.5, width: 0.5, height: 0.5 } }, high],
  ]
  for (const [value, expected] of cases) {
    await play([mediaScene('shot', 60)], value)
    assert.deepEqual(
      await readNumbers(bed.file('out.mp4'), 60),
      range(0, 60).map(expected),
      JSON.stringify(value),
    )
  }
})

test('contain shows all of it, and the template around it', async () => {
  await write('tall.mov', { frames: 30, width: 90, height: 160 })
  await play([mediaScene('shot', 30)], { src: 'tall.mov', fit: 'contain' })
  const { rgba, width, height } = await pictureAt(20)
  const left = Math.ceil(80 - (90 * 90) / 160 / 2)
  const inner = cut(rgba, width, { left, top: 0, width: width - 2 * left, height })
  assert.equal(readNumber(inner, width - 2 * left, height), 20)
  assert.ok(Math.abs(rgba[(45 * width + 20) * 4 + 2]! - 0x40) < 8, 'the ground beside it')
})

test('a phone’s rotation flag is followed', async () => {
  const file = await write('phone.mov', { frames: 30 })
  const bytes = await readFile(file)
  const matrix = bytes.indexOf('tkhd') + 44
  for (const [index, value] of [0, 65_536, 0, -65_536, 0, 0].entries())
    bytes.writeInt32BE(value, matrix + index * 4)
  await writeFile(file, bytes)
  await play([mediaScene('shot', 30)], { src: 'phone.mov', fit: 'contain' })
  const { rgba, width } = await pictureAt(20)
  // A quarter turn clockwise: what was left comes to the top.
  const bits = range(0, 8).map((bar) =>
    Number(rgba[(Math.floor((bar + 0.5) * 11.25) * width + 80) * 4]! > 128),
  )
  assert.equal(
    bits.reduce((sum, bit, index) => sum | (bit << index), 0),
    20,
  )
})

test('mattes of the template cut a video', async () => {
  const scene = mediaScene('shot', 60)
  const matte = { ...boxLayer('matte', 80, 90, 60, { color: [1, 1, 1, 1], x: 40 }), td: 1 }
  const layers = [matte, ...scene.layers.map((layer) => ({ ...layer, tt: 1 }))]
  await play([{ ...scene, layers }], 'clip.mov')
  for (const frame of [0, 21, 59]) {
    const { rgba, width, height } = await pictureAt(frame)
    const half = cut(rgba, width, { left: 0, top: 0, width: 80, height })
    for (let bar = 0; bar < 4; bar++) {
      const white = half[(45 * 80 + 10 + bar * 20) * 4]! > 128
      assert.equal(white, ((frame >> bar) & 1) === 1, `frame ${frame}, bar ${bar}`)
    }
    assert.ok(Math.abs(rgba[(45 * width + 120) * 4 + 2]! - 0x40) < 8, 'the ground beside it')
  }
})

async function pictureAt(frame: number) {
  const reader = await openVideoReader(bed.file('out.mp4'))
  const rgba = Buffer.from(await reader.frameAt((frame + 0.5) / 30))
  await reader.close()
  return { rgba, width: reader.width, height: reader.height }
}

function cut(
  rgba: Buffer,
  stride: number,
  box: { left: number; top: number; width: number; height: number },
): Buffer {
  const rows = range(box.top, box.top + box.height).map((y) => {
    const at = (y * stride + box.left) * 4
    return rgba.subarray(at, at + box.width * 4)
  })
  return Buffer.concat(rows)
}
