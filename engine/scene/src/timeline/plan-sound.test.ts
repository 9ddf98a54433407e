import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { tinyStory } from '../fixtures/tiny-story.ts'
import { tinyLottie, tinyManifest, tinyScene } from '../fixtures/tiny-template.ts'
import type { Layer } from '../lottie/lottie-json.ts'
import type { MediaLibrary } from '../media/media-info.ts'
import { buildTimeline } from './build-timeline.ts'
import { planSound, type SoundTrack } from './plan-sound.ts'
import { innerTime, mapTime, outerTime } from './time-map.ts'

const FPS = { num: 30, den: 1 }
const media: MediaLibrary = new Map([
  ['clip.mp4', { kind: 'video', hash: 'c', width: 9, height: 9, seconds: 4, hasAudio: true }],
  ['mute.mp4', { kind: 'video', hash: 'm', width: 9, height: 9, seconds: 4, hasAudio: false }],
])
const picture = (ip: number, op: number): Layer => ({ ty: 2, nm: 'Clip', refId: 'p', ip, op, st: 0, ks: {} })

function tracksOf(
  scenes: object[],
  { audio = {}, ip = 0, op = 60 }: { audio?: object; ip?: number; op?: number } = {},
) {
  const slots = { clip: { type: 'media' }, on: { type: 'boolean', default: true, layers: ['Clip'] } }
  const cues = [{ frame: 10, file: 'a/main.json', volume: 0.5 }]
  const manifest = tinyManifest({
    scenes: [tinyScene({ slots, cues })],
    transitions: [{ id: 'fade', type: 'crossfade', seconds: 0.5 }],
    music: { file: 'a/main.json' },
  })
  const { story } = tinyStory(manifest, { scenes: scenes.map((one) => ({ scene: 'main', ...one })), audio })
  const lottie = tinyLottie({
    assets: [{ id: 'p', sid: 'clip', w: 9, h: 9, p: 'x.png' }],
    layers: [picture(ip, op)],
  })
  return planSound(
    buildTimeline(story, () => lottie, media, FPS, FPS),
    story,
    media,
  )
}
const brief = (tracks: SoundTrack[], kind: string) =>
  tracks
    .filter((track) => track.kind === kind)
    .map(({ start, trimStart, trimEnd, fadeIn, fadeOut }) =>
      [start, trimStart, trimEnd ?? -1, fadeIn, fadeOut].map((at) => Math.round(at * 1000) / 1000),
    )
const clip = (value: unknown, more: object = {}) => ({ modifications: { clip: value }, ...more })

test('a cue moves along when its scene is stretched', () => {
  assert.deepEqual(
    brief(tracksOf([{}, { duration: 4 }]), 'sfx').map(([start]) => start),
    [0.333, 2.333],
  )
  const early = mapTime(tinyLottie(), 30, 0)
  assert.equal(outerTime(early, 10), 5)
})

test('a designed frame is heard when it is first seen', () => {
  const op = 60
  const markers = [{ cm: 'flatrender:loop', tm: 20, dr: 20 }]
  fc.assert(
    fc.property(fc.integer({ min: 0, max: op }), fc.integer({ min: 51, max: 300 }), (frame, length) => {
      const map = mapTime(tinyLottie({ op, markers }), length, 30)
      const outer = outerTime(map, frame)!
      const shown = [outer, outer - 1e-6].map((at) => innerTime(map, at))
      assert.ok(
        shown.some((inner) => Math.abs(inner - frame) < 1e-5),
        `${frame}: ${outer} shows ${shown}`,
      )
    }),
  )
})

test('a video sounds while it is seen, from its first frame on', () => {
  assert.deepEqual(brief(tracksOf([clip('clip.mp4')]), 'clip'), [[0, 0, 2, 0, 0]])
  assert.deepEqual(brief(tracksOf([clip('clip.mp4')], { ip: 30, op: 45 }), 'clip'), [[1, 0, 0.5, 0, 0]])
  assert.deepEqual(brief(tracksOf([clip('clip.mp4')], { ip: 70, op: 90 }), 'clip'), [])
  assert.deepEqual(brief(tracksOf([{ modifications: { clip: 'clip.mp4', on: false } }]), 'clip'), [])
  assert.deepEqual(brief(tracksOf([clip('mute.mp4')]), 'clip'), [])
})

test('trims follow each other at the video’s speed, and a loop begins again', () => {
  const trims = [
    { start: 1, end: 1.5 },
    { start: 3, end: 9 },
  ]
  assert.deepEqual(brief(tracksOf([clip({ src: 'clip.mp4', trims })]), 'clip'), [
    [0, 1, 1.5, 0, 0],
    [0.5, 3, 4, 0, 0],
  ])
  const looped = clip({ src: 'clip.mp4', trims: [{ start: 0, end: 1.5 }], speed: 2, loop: true })
  assert.deepEqual(brief(tracksOf([looped]), 'clip'), [
    [0, 0, 1.5, 0, 0],
    [0.75, 0, 1.5, 0, 0],
    [1.5, 0, 1, 0, 0],
  ])
})

test('a loop too short to be heard as one does not take thousands of tracks', () => {
  const buzz = clip({ src: 'clip.mp4', trims: [{ start: 0, end: 0.011 }], loop: true }, { duration: 3000 })
  assert.equal(brief(tracksOf([buzz]), 'clip').length, 1)
})

test('videos fade with the transitions around them', () => {
  const both = [clip('clip.mp4', { transition: 'fade' }), clip('clip.mp4')]
  assert.deepEqual(brief(tracksOf(both), 'clip'), [
    [0, 0, 2, 0, 0.5],
    [1.5, 0, 2, 0.5, 0],
  ])
  assert.deepEqual(brief(tracksOf(both, { ip: 6 }), 'clip'), [
    [0.2, 0, 1.8, 0, 0.5],
    [1.7, 0, 1.8, 0.3, 0],
  ])
})

test('what has no volume is left out; the rest is multiplied', () => {
  const kinds = (audio: object) => tracksOf([clip('clip.mp4')], { audio }).map(({ kind }) => kind)
  assert.deepEqual(kinds({}), ['sfx', 'clip', 'music'])
  assert.deepEqual(kinds({ sfx: false, clips: { volume: 0 }, music: false }), [])
  const [sfx] = tracksOf([{}], { audio: { sfx: { volume: 2 } } })
  assert.equal(sfx!.volume, 1)
})

test('voices begin where they are told, in their scene or on the timeline', () => {
  const tracks = tracksOf([{}, { voiceover: { src: 'v.mp3', start: 0.25 } }], {
    audio: { voiceover: 'all.mp3' },
  })
  assert.deepEqual(
    tracks.filter(({ kind }) => kind === 'voice').map(({ source, start }) => [source, start]),
    [
      ['v.mp3', 2.25],
      ['all.mp3', 0],
    ],
  )
})
