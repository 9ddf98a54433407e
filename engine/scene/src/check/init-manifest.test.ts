import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { test } from 'node:test'
import { codesOf, tinyLottie, toBytes } from '../fixtures/tiny-template.ts'
import type { Layer, Lottie } from '../lottie/lottie-json.ts'
import { openTemplate } from '../package/open-template.ts'
import { readLottie } from '../package/read-lottie.ts'
import { checkBindings } from './check-bindings.ts'
import { initManifest } from './init-manifest.ts'

/** Makes a template, opens it as any other, and says its slots. */
function init(lottie: Lottie, name = 'My Animation') {
  const draft = initManifest(lottie, name)
  const files = new Map([
    ['flatrender.json', toBytes(draft.manifest)],
    [draft.animation, toBytes(draft.lottie)],
  ])
  const { manifest } = openTemplate(files, name)
  const [scene] = manifest.scenes
  assert.deepEqual(
    checkBindings(manifest, scene!, draft.lottie, 'x').map(({ message }) => message),
    [],
  )
  return {
    manifest,
    lottie: draft.lottie,
    slots: Object.entries(scene!.slots).map(([id, { type }]) => `${id}:${type}`),
  }
}
const text = (nm: string, t: string, changes: object = {}): Layer => ({
  ty: 5,
  nm,
  ip: 0,
  op: 9,
  st: 0,
  ks: {},
  t: { d: { k: [{ t: 0, s: { s: 20, f: 'X', t } }], ...changes } },
})

test('texts, pictures, colours and numbers become slots', () => {
  const lottie = tinyLottie({
    layers: [
      text('Main Title', 'Hello'),
      text('Main Title', 'World'),
      text('عنوان', 'سلام'),
      text('Own', 'x', { sid: 'own' }),
      { ty: 2, refId: 'image_0', ip: 0, op: 9, st: 0, ks: {} },
      {
        ty: 4,
        ip: 0,
        op: 9,
        st: 0,
        ks: { o: { a: 0, k: 100, sid: 'fade' } },
        shapes: [{ ty: 'fl', c: { a: 0, k: [1, 0, 0, 1], sid: 'Brand Colour' } }],
      },
    ],
    assets: [
      { id: 'image_0', w: 9, h: 9, p: 'x.png' },
      { id: 'sound', p: 'x.mp3' },
    ],
    slots: { 'Brand Colour': { p: { a: 0, k: [1, 0, 0, 1] } } },
  })
  const before = JSON.stringify(lottie)
  const { slots, lottie: bound } = init(lottie)
  assert.deepEqual(slots.sort(), [
    'brand-colour:color',
    'fade:number',
    'image-0:media',
    'main-title2:text',
    'main-title:text',
    'own:text',
    'text:text',
  ])
  assert.deepEqual(Object.keys(bound.slots!), ['brand-colour'])
  assert.equal(JSON.stringify(lottie), before)
})

test('any size and rate that a template may have opens again; others are refused', () => {
  const sizes: [number, number, string][] = [
    [1920, 1080, '16:9'],
    [1080, 1920, '9:16'],
    [500, 500, '1:1'],
    [1080, 1350, '4:5'],
    [733.5, 211.2, '100:29'],
  ]
  for (const [w, h, format] of sizes)
    assert.deepEqual(Object.keys(init(tinyLottie({ w, h })).manifest.formats), [format])
  const rates: [number, number | string][] = [
    [30, 30],
    [29.9700012207031, '30000/1001'],
    [23.976, '24000/1001'],
    [12.5, '25/2'],
    [60, 60],
  ]
  for (const [fr, fps] of rates) assert.equal(init(tinyLottie({ fr })).manifest.fps, fps)
  for (const changes of [{ w: 9 }, { h: 9000 }, { fr: 0.2 }, { fr: 1000 }])
    assert.deepEqual(
      codesOf(() => init(tinyLottie(changes))),
      ['LOTTIE_INVALID'],
    )
})

test('a name in any script is a name', () => {
  for (const [name, id] of [
    ['Lower Third (v2)', 'lower-third-v2'],
    ['۲۰۲۶ آغاز', 'template'],
    ['123 go', 'go'],
    ['x'.repeat(200), 'x'.repeat(60)],
  ] as const)
    assert.equal(init(tinyLottie(), name).manifest.id, id)
})

test('the test animations of lottie-web become templates', () => {
  const folder = path.join(
    path.dirname(createRequire(import.meta.url).resolve('lottie-web/package.json')),
    'test/animations',
  )
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  assert.ok(files.length > 8)
  for (const name of files) init(readLottie(readFileSync(path.join(folder, name)), name), name)
})
