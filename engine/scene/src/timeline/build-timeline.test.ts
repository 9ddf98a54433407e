import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Rational } from '@flatrender/contracts/engine'
import fc from 'fast-check'
import { tinyStory } from '../fixtures/tiny-story.ts'
import { codesOf, problemsOf, tinyLottie, tinyManifest, tinyScene } from '../fixtures/tiny-template.ts'
import type { Lottie } from '../lottie/lottie-json.ts'
import type { MediaLibrary } from '../media/media-info.ts'
import { buildTimeline } from './build-timeline.ts'
import { innerTime } from './time-map.ts'

const slots = { title: { type: 'text', maxCharacters: 5000 }, clip: { type: 'media' } }
const manifest = tinyManifest({
  scenes: [tinyScene({ slots }), tinyScene({ id: 'bounded', slots, duration: { min: 1, max: 4 } })],
  transitions: [
    { id: 'fade', type: 'crossfade', seconds: 1 },
    { id: 'long', type: 'push', seconds: 5 },
  ],
})
const media: MediaLibrary = new Map([
  ['clip.mp4', { kind: 'video', hash: 'c', width: 9, height: 9, seconds: 6, hasAudio: true }],
  ['voice.mp3', { kind: 'sound', hash: 'v', seconds: 7 }],
])
const THIRTY = { num: 30, den: 1 }

function timelineOf(scenes: object[], fps: Rational = THIRTY, lottie: Lottie = tinyLottie()) {
  return buildTimeline(tinyStory(manifest, { scenes }).story, () => lottie, media, THIRTY, fps)
}
const secondsOf = (scene: object) => timelineOf([{ scene: 'main', ...scene }]).frames / 30

test('a scene lasts as designed, as told, or as what it follows', () => {
  assert.equal(secondsOf({}), 2)
  assert.equal(secondsOf({ duration: 3.5 }), 3.5)
  assert.equal(secondsOf({ duration: 'text' }), 2)
  assert.equal(secondsOf({ duration: 'text', modifications: { title: 'x'.repeat(75) } }), 6)
  assert.equal(secondsOf({ duration: 'text', modifications: { title: '👨‍👩‍👧‍👦'.repeat(75) } }), 6)
  assert.equal(secondsOf({ duration: 'media', modifications: { clip: 'clip.mp4' } }), 6)
  const clip = {
    src: 'clip.mp4',
    speed: 2,
    trims: [
      { start: 1, end: 4 },
      { start: 5, end: 99 },
    ],
  }
  assert.equal(secondsOf({ duration: 'media', modifications: { clip } }), 2)
  assert.equal(secondsOf({ duration: 'voiceover', voiceover: 'voice.mp3' }), 7)
  assert.equal(
    secondsOf({ duration: 'voiceover', voiceover: { src: 'voice.mp3', start: 1, trimStart: 2, trimEnd: 5 } }),
    4,
  )
})

test('what follows stays within the scene’s limits, what is told must keep to them', () => {
  assert.equal(secondsOf({ scene: 'bounded', duration: 'voiceover', voiceover: 'voice.mp3' }), 4)
  for (const duration of [0.5, 5])
    assert.match(
      problemsOf(() => secondsOf({ scene: 'bounded', duration }))[0]!,
      /DURATION_OUT_OF_RANGE The scene “bounded” cannot last .* s: it may last 1 to 4 s/,
    )
})

test('a video of more than four hours is refused', () => {
  const hours = Array.from({ length: 5 }, () => ({ scene: 'main', duration: 3600 }))
  assert.deepEqual(
    codesOf(() => timelineOf(hours)),
    ['STORY_TOO_LONG'],
  )
})

test('an overlap leaves each of its scenes a frame of its own', () => {
  const { pieces, frames } = timelineOf([
    { scene: 'main', transition: 'long' },
    { scene: 'main', transition: 'fade' },
    { scene: 'main' },
  ])
  assert.deepEqual(
    pieces.map(({ kind, start, frames: length }) => [kind, start, length]),
    [
      ['scene', 0, 31],
      ['transition', 31, 29],
      ['scene', 60, 2],
      ['transition', 62, 29],
      ['scene', 91, 31],
    ],
  )
  assert.equal(frames, 122)
})

test('at other frame rates a scene that lasts as designed is not stretched', () => {
  for (const fps of [
    { num: 12, den: 1 },
    { num: 24, den: 1 },
    { num: 30000, den: 1001 },
    { num: 60, den: 1 },
  ]) {
    const { scenes, step } = timelineOf([{ scene: 'main' }], fps, tinyLottie({ op: 61 }))
    const [scene] = scenes
    assert.equal(scene!.map.spans.length, 1, `${fps.num}/${fps.den}`)
    assert.ok(innerTime(scene!.map, (scene!.frames - 1) * step) < 61)
  }
})

const rate = fc.constantFrom<Rational>(
  ...[12, 15, 23, 24, 25, 30, 48, 50, 60].map((num) => ({ num, den: 1 })),
  { num: 24000, den: 1001 },
  { num: 30000, den: 1001 },
  { num: 60000, den: 1001 },
)
const scene = fc.record({
  scene: fc.constant('main'),
  duration: fc.double({ min: 1.01, max: 9, noNaN: true }),
  transition: fc.constantFrom(
    'cut',
    'fade',
    'long',
    { id: 'fade', seconds: 0.01 },
    { id: 'long', seconds: 0.3 },
  ),
})

test('pieces show every output frame exactly once, at any frame rate', () => {
  fc.assert(
    fc.property(fc.array(scene, { minLength: 1, maxLength: 8 }), rate, (story, fps) => {
      const { pieces, scenes, frames } = timelineOf(story, fps)
      let at = 0
      for (const piece of pieces) {
        assert.equal(piece.start, at)
        assert.ok(piece.frames >= 1)
        const { start, frames: length } = scenes[piece.scene]!
        if (piece.kind === 'scene') assert.equal(start + piece.offset, piece.start)
        else {
          assert.equal(piece.start + piece.frames, start + length)
          assert.equal(scenes[piece.scene + 1]!.start, piece.start)
        }
        at += piece.frames
      }
      assert.equal(at, frames)
    }),
  )
})
