import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tinyFiles, tinyManifest, tinyScene } from '../fixtures/tiny-template.ts'
import { openTemplate } from '../package/open-template.ts'
import { readModifications } from './read-modifications.ts'
import { resolveStory } from './resolve-story.ts'

const slots = {
  title: { type: 'text', minCharacters: 2, maxCharacters: 5 },
  logo: { type: 'image', focal: { x: 0.2, y: 0.3 } },
  clip: { type: 'media', fit: 'contain' },
  tint: { type: 'color' },
  size: { type: 'number', min: 1, max: 10 },
  on: { type: 'boolean', default: true, layers: ['A'] },
  style: { type: 'choice', default: 'a', options: { a: { layers: [] }, constructor: { layers: [] } } },
}
const palette = {
  roles: {
    primary: { default: '#111111' },
    accent: { default: '#222222' },
    constructor: { default: '#333333' },
  },
  named: { warm: { name: { en: 'Warm' }, colors: { primary: '#aa0000' } } },
}
const transitions = [
  { id: 'fade', type: 'crossfade', seconds: 0.5 },
  { id: 'push', type: 'push', seconds: 1, direction: 'up' },
]
const { manifest } = openTemplate(
  tinyFiles(
    tinyManifest({
      scenes: [tinyScene({ slots }), tinyScene({ id: 'strict', transitions: ['fade'] })],
      palette,
      transitions,
      defaultTransition: 'push',
      music: { file: 'a/main.json', volume: 0.5 },
    }),
  ),
  'tiny',
)
const resolve = (input: object) =>
  resolveStory(manifest, readModifications(manifest, { scenes: [{ scene: 'main' }], ...input }))
const storyOf = (input: object) => {
  const { story, problems } = resolve(input)
  assert.deepEqual(problems.map(String), [])
  return story!
}
const value = (slot: string, given: unknown) =>
  storyOf({ scenes: [{ scene: 'main', modifications: { [slot]: given } }] }).scenes[0]!.values.get(slot)
const problem = (slot: string, given: unknown) => {
  const { problems } = resolve({ scenes: [{ scene: 'main', modifications: { [slot]: given } }] })
  assert.equal(problems.length, 1, `${slot} ${JSON.stringify(given)}: ${problems.length} problems`)
  const [{ code, message, remedy }] = problems as [(typeof problems)[0]]
  return `${code} ${message} ${remedy}`
}

test('values of every type are taken, with the slot’s defaults', () => {
  assert.deepEqual(value('title', 'Hello'), { type: 'text', text: 'Hello' })
  assert.deepEqual(value('title', 2026), { type: 'text', text: '2026' })
  assert.deepEqual(value('title', { text: 'سلام', direction: 'rtl' }), {
    type: 'text',
    text: 'سلام',
    direction: 'rtl',
  })
  const logo = {
    type: 'picture',
    src: 'a.png',
    fit: 'cover',
    focal: { x: 0.2, y: 0.3 },
    speed: 1,
    volume: 1,
    loop: false,
  }
  assert.deepEqual(value('logo', 'a.png'), logo)
  assert.deepEqual(value('clip', { src: 'a.mp4', speed: 2, trims: [{ start: 0, end: 1 }] }), {
    ...logo,
    src: 'a.mp4',
    fit: 'contain',
    focal: { x: 0.5, y: 0.5 },
    speed: 2,
    trims: [{ start: 0, end: 1 }],
  })
  for (const color of ['#abc', '#aabbcc', '#AABBCC80'])
    assert.deepEqual(value('tint', color), { type: 'color', color })
  for (const number of [5, '5', ' 5.0 ', '0.5e1'])
    assert.deepEqual(value('size', number), { type: 'number', number: 5 })
  for (const shown of [false, 'false'])
    assert.deepEqual(value('on', shown), { type: 'boolean', shown: false })
  assert.deepEqual(value('style', 'constructor'), { type: 'choice', option: 'constructor' })
})

test('values of a wrong type say what is wanted', () => {
  const wrong: [string, unknown, RegExp][] = [
    ['title', true, /SLOT_VALUE_INVALID.*“title” of scene “main” cannot take true.*Give a text/],
    ['title', { src: 'a.png' }, /SLOT_VALUE_INVALID.*a text/],
    ['logo', 7, /SLOT_VALUE_INVALID.*cannot take 7.*path of a picture\./],
    ['clip', false, /SLOT_VALUE_INVALID.*path of a picture or video/],
    ['tint', 'red', /SLOT_VALUE_INVALID.*"red".*a colour like #1a2b3c/],
    ['tint', '#12345', /SLOT_VALUE_INVALID/],
    ['tint', 7, /SLOT_VALUE_INVALID/],
    ['size', 'big', /SLOT_VALUE_INVALID.*not a number/],
    ['size', '1e999', /SLOT_VALUE_INVALID.*not a number/],
    ['size', 'NaN', /SLOT_VALUE_INVALID.*not a number/],
    ['size', '', /SLOT_VALUE_INVALID.*not a number/],
    ['size', 11, /SLOT_VALUE_INVALID.*out of range.*from 1 to 10/],
    ['on', 'yes', /SLOT_VALUE_INVALID.*true or false/],
    ['on', 1, /SLOT_VALUE_INVALID/],
    ['style', 'toString', /SLOT_VALUE_INVALID.*one of a, constructor/],
    ['titel', 'x', /SLOT_UNKNOWN.*“titel”.*title, logo/],
  ]
  for (const [slot, given, expected] of wrong) assert.match(problem(slot, given), expected)
})

test('text is counted as a person counts it', () => {
  for (const text of ['👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿👍🏽é\u0301🇮🇷', 'कि\u200dखग', 'e\u0301e\u0301'])
    assert.equal(value('title', text)?.type, 'text', text)
  assert.match(
    problem('title', 'سلام دنیا'),
    /SLOT_TEXT_TOO_LONG.*9 characters, and 5 are the most.*Shorten it by 4/,
  )
  assert.match(problem('title', '👨‍👩‍👧‍👦'), /SLOT_TEXT_TOO_SHORT.*1 characters, and 2 are needed/)
  assert.match(problem('title', ''), /SLOT_TEXT_TOO_SHORT/)
  assert.match(problem('title', `ab${'\u0301'.repeat(9999)}`), /SLOT_VALUE_INVALID.*heaps of marks/)
  assert.match(problem('title', 'سلام '.repeat(3000)), /SLOT_TEXT_TOO_LONG/)
})

test('half a surrogate pair is refused', () => {
  for (const text of ['ab\uD83D', '\uDE00ab', 'a\uD83Db'])
    assert.match(problem('title', text), /SLOT_VALUE_INVALID.*not well-formed Unicode/)
})

test('palettes: defaults, then the named one, then single colours', () => {
  assert.deepEqual(storyOf({}).palette, { primary: '#111111', accent: '#222222', constructor: '#333333' })
  assert.equal(storyOf({ palette: 'warm' }).palette.primary, '#aa0000')
  const both = storyOf({ palette: { name: 'warm', colors: { accent: '#00ff00' } } }).palette
  assert.deepEqual(both, { primary: '#aa0000', accent: '#00ff00', constructor: '#333333' })
  assert.match(String(resolve({ palette: 'constructor' }).problems[0]?.code), /PALETTE_UNKNOWN/)
  assert.match(
    String(resolve({ palette: { colors: { toString: '#000' } } }).problems[0]?.code),
    /PALETTE_ROLE_UNKNOWN/,
  )
})

test('transitions: the scene’s own choice, its limits, the default, and a cut', () => {
  const transition = (scene: string, choice?: unknown) =>
    resolve({ scenes: [{ scene, ...(choice !== undefined && { transition: choice }) }, { scene: 'main' }] })
  assert.equal(transition('main').story!.scenes[0]!.transition?.id, 'push')
  assert.equal(transition('strict').story!.scenes[0]!.transition?.id, 'cut')
  assert.deepEqual(
    transition('main', { id: 'push', seconds: 2, direction: 'left' }).story!.scenes[0]!.transition,
    {
      id: 'push',
      type: 'push',
      seconds: 2,
      direction: 'left',
    },
  )
  assert.deepEqual(transition('main', { id: 'cut', seconds: 3 }).story!.scenes[0]!.transition?.seconds, 0)
  assert.equal(transition('main').story!.scenes[1]!.transition, undefined)
  for (const [scene, id] of [
    ['main', 'swirl'],
    ['strict', 'push'],
    ['main', 'constructor'],
  ] as const)
    assert.equal(transition(scene, id).problems[0]?.code, 'TRANSITION_UNKNOWN', `${scene} ${id}`)
})

test('music, voice and effects are as the template has them until they are changed or switched off', () => {
  assert.deepEqual(storyOf({}).music, {
    src: 'a/main.json',
    volume: 0.5,
    loop: true,
    fadeIn: 0,
    fadeOut: 1.5,
    packaged: true,
  })
  assert.equal(storyOf({ audio: { music: false } }).music, undefined)
  assert.deepEqual(storyOf({ audio: { music: { src: 'm.mp3', loop: false } } }).music, {
    src: 'm.mp3',
    loop: false,
    fadeOut: 1.5,
    packaged: false,
  })
  const { sfxVolume, clipsVolume, ducking } = storyOf({
    audio: { sfx: false, clips: { volume: 2 }, ducking: false },
  })
  assert.deepEqual([sfxVolume, clipsVolume, ducking], [0, 2, false])
})

test('every problem of a story is said in one go', () => {
  const { story, problems } = resolve({
    palette: 'cold',
    scenes: [
      { scene: 'nowhere' },
      { scene: 'main', transition: 'swirl', modifications: { title: 'x', tint: 'red', nothing: 1 } },
      { scene: 'main' },
    ],
  })
  assert.equal(story, undefined)
  assert.deepEqual(problems.map(({ code }) => code).sort(), [
    'PALETTE_UNKNOWN',
    'SCENE_UNKNOWN',
    'SLOT_TEXT_TOO_SHORT',
    'SLOT_UNKNOWN',
    'SLOT_VALUE_INVALID',
    'TRANSITION_UNKNOWN',
  ])
})
