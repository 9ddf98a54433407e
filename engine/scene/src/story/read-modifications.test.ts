import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codesOf, problemsOf, tinyFiles, tinyManifest, tinyScene } from '../fixtures/tiny-template.ts'
import { openTemplate } from '../package/open-template.ts'
import { readModifications, withFlatValues } from './read-modifications.ts'

const slots = { title: { type: 'text' }, only: { type: 'text' } }
const { manifest } = openTemplate(
  tinyFiles(
    tinyManifest({
      scenes: [
        tinyScene({ slots }),
        tinyScene({ id: 'outro', slots: { title: { type: 'text' }, constructor: { type: 'text' } } }),
      ],
      presets: [
        {
          id: 'default',
          name: { en: 'D' },
          story: { scenes: [{ scene: 'main' }, { scene: 'main' }, { scene: 'outro' }] },
        },
        {
          id: 'short',
          name: { en: 'S' },
          story: { language: 'fa', scenes: [{ scene: 'outro', modifications: { title: 'Bye' } }] },
        },
      ],
    }),
  ),
  'tiny',
)
const read = (input: unknown) => readModifications(manifest, input)
const values = (input: unknown) => read(input).scenes.map(({ modifications = {} }) => modifications)

test('nothing given is the first preset', () => {
  assert.deepEqual(
    read({}).scenes.map(({ scene }) => scene),
    ['main', 'main', 'outro'],
  )
})

test('the full form replaces the story, and a preset lends what it leaves out', () => {
  assert.deepEqual(read({ scenes: [{ scene: 'outro' }] }).scenes, [{ scene: 'outro' }])
  assert.deepEqual(values({ preset: 'short' }), [{ title: 'Bye' }])
  const { language, scenes } = read({ preset: 'short', scenes: [{ scene: 'main' }] })
  assert.deepEqual([language, scenes], ['fa', [{ scene: 'main' }]])
})

test('the flat form finds places by slot, scene.slot and scene#2.slot', () => {
  assert.deepEqual(values({ only: 'x' }), [{ only: 'x' }, { only: 'x' }, {}])
  assert.deepEqual(values({ 'main.title': 'x' }), [{ title: 'x' }, { title: 'x' }, {}])
  assert.deepEqual(values({ 'main#2.title': 'x', 'outro.title': 'y' }), [{}, { title: 'x' }, { title: 'y' }])
})

test('a preset is not changed by values laid over it', () => {
  const before = JSON.stringify(manifest)
  withFlatValues(manifest, read({ preset: 'short' }), { title: 'changed' })
  assert.equal(JSON.stringify(manifest), before)
})

test('what cannot be placed is named with what could be meant', () => {
  const wrong: [unknown, RegExp][] = [
    [{ title: 'x' }, /DATA_INVALID.*several scenes have this slot; write main.title or outro.title/],
    [{ titel: 'x' }, /SLOT_UNKNOWN The story has no slot “titel”/],
    [{ 'main.titel': 'x' }, /SLOT_UNKNOWN.*“main” has no slot “titel”/],
    [{ 'intro.title': 'x' }, /SCENE_UNKNOWN.*“intro”/],
    [{ 'main#3.title': 'x' }, /SCENE_UNKNOWN.*“main#3”/],
    [{ 'main#0.title': 'x' }, /SCENE_UNKNOWN/],
    [{ 'a.b.c': 'x' }, /DATA_INVALID.*not slot or scene.slot/],
    [{ preset: 'long' }, /PRESET_UNKNOWN.*“long”/],
    [{ scenes: [] }, /DATA_INVALID.*at scenes:/],
    [{ scenes: 'main' }, /DATA_INVALID.*at scenes:.*expected array/],
    [{ scenes: [{ scene: 'main', modification: {} }] }, /DATA_INVALID.*at scenes.0:.*"modification"/],
    [
      { scenes: [{ scene: 'main', duration: 'forever' }] },
      /DATA_INVALID.*at scenes.0.duration:.*number.*or.*"media"/,
    ],
    [
      { scenes: [{ scene: 'main', modifications: { title: { text: 'x', direction: 'up' } } }] },
      /at scenes.0.modifications.title.direction:.*rtl/,
    ],
    [
      { scenes: [{ scene: 'main', modifications: { title: null } }] },
      /DATA_INVALID.*at scenes.0.modifications.title:.*expected string/,
    ],
    [
      { palette: { colors: { primary: 'red' } } },
      /DATA_INVALID.*at palette.colors.primary: a colour like #1a2b3c/,
    ],
    [{ watermark: { src: 'x.png', size: 9 } }, /DATA_INVALID.*at watermark.size/],
    [{ scenes: [{ scene: 'main' }], title: 'x' }, /DATA_INVALID.*"title"/],
  ]
  for (const [input, expected] of wrong)
    assert.match(problemsOf(() => read(input))[0]!, expected, JSON.stringify(input))
  for (const input of [null, undefined, 7, 'x', []])
    assert.deepEqual(
      codesOf(() => read(input)),
      ['DATA_INVALID'],
    )
})

test('absurd lengths are refused where they stand', () => {
  for (const duration of [0, -1, 1e9, Number.NaN, Number.POSITIVE_INFINITY, '1e999'])
    assert.match(
      problemsOf(() => read({ scenes: [{ scene: 'main', duration }] }))[0]!,
      /^DATA_INVALID The modifications are wrong at scenes.0.duration/,
      String(duration),
    )
  for (const [start, end] of [
    [0, 0],
    [2, 1],
    [-1, 1],
    [0, Number.NaN],
    [1, 1.001],
  ])
    assert.match(
      problemsOf(() =>
        read({
          scenes: [{ scene: 'main', modifications: { title: { src: 'x', trims: [{ start, end }] } } }],
        }),
      )[0]!,
      /^DATA_INVALID.*title\.trims\.0/,
      `${start}–${end}`,
    )
})

test('all that is wrong is said at once', () => {
  const input = { scenes: [{ scene: 'main', duration: 0 }, { scene: 7 }], palette: 7 }
  assert.equal(problemsOf(() => read(input)).length, 3)
  assert.deepEqual(
    codesOf(() => read({ titel: 'x', 'intro.title': 'y' })),
    ['SLOT_UNKNOWN', 'SCENE_UNKNOWN'],
  )
})

test('names that JavaScript knows are ordinary names', () => {
  assert.deepEqual(values({ constructor: 'x' })[2], { constructor: 'x' })
  for (const key of ['toString', 'hasOwnProperty', 'main.toString', 'main.constructor'])
    assert.deepEqual(
      codesOf(() => read({ [key]: 'x' })),
      ['SLOT_UNKNOWN'],
      key,
    )
  assert.deepEqual(
    codesOf(() => read(JSON.parse('{"constructor.title": "x"}'))),
    ['SCENE_UNKNOWN'],
  )
  for (const json of [
    '{"__proto__": {"title": "x"}}',
    '{"scenes":[{"scene":"main","modifications":{"__proto__":{"title":"x"}}}]}',
  ])
    assert.deepEqual(read(JSON.parse(json)).scenes[0]!.modifications?.title, undefined)
  assert.equal(({} as { title?: string }).title, undefined)
})
