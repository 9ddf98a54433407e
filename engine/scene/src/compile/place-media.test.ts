import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { tinyLottie } from '../fixtures/tiny-template.ts'
import type { Layer, Lottie, Marker } from '../lottie/lottie-json.ts'
import type { MediaInfo } from '../media/media-info.ts'
import { sourceSeconds } from '../media/played-seconds.ts'
import type { PictureValue } from '../story/story.ts'
import { mapTime } from '../timeline/time-map.ts'
import { parseAssetName } from './asset-name.ts'
import { localTimes, type SceneClock } from './local-times.ts'
import { placeMedia } from './place-media.ts'

const HASH = 'ab'.repeat(32)
const video: MediaInfo = { kind: 'video', hash: HASH, width: 40, height: 20, seconds: 100, hasAudio: false }
const picture: MediaInfo = { kind: 'picture', hash: HASH, width: 40, height: 20 }
const shown = (changes: Partial<PictureValue> = {}): PictureValue => ({
  type: 'picture',
  src: 'x',
  fit: 'cover',
  focal: { x: 0.5, y: 0.5 },
  speed: 1,
  volume: 1,
  loop: false,
  ...changes,
})
const user = (changes: object = {}): Layer => ({
  ty: 2,
  refId: 'p',
  ip: 0,
  op: 60,
  st: 0,
  ks: { r: { a: 0, k: 9 } },
  ...changes,
})
const animation = (layers: Layer[], changes: Partial<Lottie> = {}): Lottie =>
  tinyLottie({
    assets: [{ id: 'p', sid: 'clip', w: 10, h: 10, u: 'i/', p: 'old.png', e: 0 }],
    layers,
    ...changes,
  })

function clockOf(lottie: Lottie, frames: number, step = 1): SceneClock {
  return { frames, step, fps: 30 / step, map: mapTime(lottie, frames * step, 30, step) }
}
function place(lottie: Lottie, info: MediaInfo, value: PictureValue, clock: SceneClock) {
  return placeMedia(lottie, new Map([['clip', value]]), new Map([['x', info]]), clock)
}

test('a picture lies fitted in a precomp, and its layer keeps all that moves and cuts it', () => {
  const layer = user({ tt: 1, masksProperties: [{ mode: 'a' }], parent: 3, bm: 2 })
  const lottie = animation([layer])
  const [placed] = place(lottie, picture, shown(), clockOf(lottie, 60))
  assert.deepEqual(layer, {
    ...user({ tt: 1, masksProperties: [{ mode: 'a' }], parent: 3, bm: 2 }),
    ty: 0,
    w: 10,
    h: 10,
  })
  assert.deepEqual(placed, { slot: 'clip', layer, width: 10, height: 10 })
  const [inner] = lottie.assets![0]!.layers!
  assert.deepEqual(
    [inner!.ks.s, inner!.ks.p],
    [
      { a: 0, k: [50, 50, 100] },
      { a: 0, k: [-5, 0, 0] },
    ],
  )
  assert.deepEqual(lottie.assets![1], {
    id: `media:${HASH}.picture`,
    w: 40,
    h: 20,
    u: '',
    p: `${HASH}.picture`,
    e: 0,
  })
})

test('without a value the template’s own picture stays', () => {
  const lottie = animation([user()])
  placeMedia(lottie, new Map(), new Map(), clockOf(lottie, 60))
  assert.deepEqual(lottie.assets, [{ id: 'p', w: 10, h: 10, u: 'i/', p: 'old.png', e: 0 }])
})

/** The source's moment (µs) that a player shows, which has 32-bit floats: one layer at most may be in its time. */
function playedAt(lottie: Lottie, layer: Layer, local: number): number | undefined {
  const at = Math.fround(local)
  const layers = lottie.assets!.find(({ id }) => id === layer.refId)!.layers!
  const seen = layers.filter(({ ip, op }) => at >= Math.fround(ip) && at < Math.fround(op))
  assert.ok(seen.length <= 1, `${seen.length} pictures at once`)
  const name = lottie.assets!.find(({ id }) => id === seen[0]?.refId)?.p
  const parsed = name === undefined ? undefined : parseAssetName(name)
  return parsed?.kind === 'frame' ? parsed.microseconds : undefined
}

const values = fc.record({
  speed: fc.constantFrom(0.5, 1, 3),
  loop: fc.boolean(),
  trims: fc.constantFrom(
    undefined,
    [{ start: 2, end: 3 }],
    [
      { start: 5, end: 5.5 },
      { start: 1, end: 1.7 },
    ],
  ),
})
const markers = fc.constantFrom<Marker[][]>(
  [],
  [{ cm: 'flatrender:hold', tm: 20, dr: 10 }],
  [{ cm: 'flatrender:loop', tm: 20, dr: 15 }],
)

test('at every output frame the moment of the video shows that belongs to it, however the scene is stretched', () => {
  fc.assert(
    fc.property(
      values,
      markers,
      fc.integer({ min: 30, max: 900 }),
      fc.constantFrom(0.5, 1, 1.25),
      fc.integer({ min: 0, max: 25 }),
      fc.constantFrom(1, 2),
      ({ trims, ...rest }, marked, frames, step, st, sr) => {
        const value = shown({ ...rest, ...(trims && { trims }) })
        const layer = user({ ip: st, st, sr, op: 55 })
        const lottie = animation([layer], { markers: marked })
        const clock = clockOf(lottie, frames, step)
        const times = localTimes(lottie, layer, clock)
        place(lottie, video, value, clock)
        const first = times[0]!.frame
        for (const { frame, local } of times) {
          const wanted = Math.round(sourceSeconds(value, 100, (frame - first) / clock.fps) * 1e6)
          assert.equal(playedAt(lottie, layer, local), wanted, `frame ${frame} of ${frames}`)
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('trims follow each other, a loop begins again, and after the end the last moment stays', () => {
  const value = shown({
    trims: [
      { start: 2, end: 3 },
      { start: 8, end: 8.5 },
    ],
    speed: 2,
  })
  const at = (elapsed: number, changes = {}) => sourceSeconds({ ...value, ...changes }, 100, elapsed)
  assert.deepEqual(
    [0, 0.25, 0.5, 0.6, 0.75, 9].map((elapsed) => Math.round(at(elapsed) * 100) / 100),
    [2, 2.5, 8, 8.2, 8.5, 8.5],
  )
  assert.deepEqual(
    [0.75, 1].map((elapsed) => at(elapsed, { loop: true })),
    [2, 2.5],
  )
  assert.equal(sourceSeconds(shown({ trims: [{ start: 200, end: 300 }] }), 100, 5), 100)
})

test('two layers of one slot play together, each in its own time', () => {
  const [back, front] = [user({ st: 0 }), user({ st: 12.5, ip: 20 })]
  const lottie = animation([back, front])
  const clock = clockOf(lottie, 60)
  place(lottie, video, shown(), clock)
  assert.notEqual(back.refId, front.refId)
  for (const layer of [back, front])
    for (const { frame, local } of localTimes(lottie, layer, clock))
      assert.equal(playedAt(lottie, layer, local), Math.round((frame / 30) * 1e6))
  const twins = animation([user(), user()])
  place(twins, video, shown(), clock)
  assert.equal(twins.layers[0]!.refId, twins.layers[1]!.refId)
})

test('a slot that nothing shows holds nothing', () => {
  const lottie = animation([])
  assert.deepEqual(place(lottie, video, shown(), clockOf(lottie, 60)), [])
  assert.deepEqual(lottie.assets![0]!.layers, [])
})

test('ten minutes are compiled in a moment, and the picture that stays after the end is one', () => {
  const lottie = animation([user()])
  const begun = performance.now()
  place(lottie, video, shown(), clockOf(lottie, 18_000))
  // The slot, a hundred seconds, and the last moment.
  assert.equal(lottie.assets!.length, 1 + 3000 + 1)
  assert.ok(performance.now() - begun < 3000)
})
