import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ManifestScene } from '@flatrender/contracts/template'
import { tinyLottie, tinyScene } from '../fixtures/tiny-template.ts'
import type { Asset, Layer } from '../lottie/lottie-json.ts'
import type { ResolvedValue } from '../story/story.ts'
import { hideLayers } from './hide-layers.ts'

const layer = (nm: string, changes: object = {}): Layer => ({
  ty: 4,
  nm,
  ip: 0,
  op: 9,
  st: 0,
  ks: {},
  ...changes,
})

function hide(paths: string[], layers: Layer[], assets: Asset[] = []) {
  const lottie = tinyLottie({ layers, assets })
  const slots = { on: { type: 'boolean', default: false, layers: paths } }
  hideLayers(lottie, tinyScene({ slots }) as unknown as ManifestScene, new Map())
  return lottie
}
const names = (layers: readonly Layer[]) =>
  layers.map(({ nm, hd }) => (hd === true ? `(${nm})` : nm)).join(' ')

test('a hidden layer is removed, wherever it is and however it is named', () => {
  assert.equal(names(hide(['B'], [layer('A'), layer('B'), layer('B')]).layers), 'A')
  assert.equal(names(hide(['#7'], [layer('A', { ind: 7 }), layer('B')]).layers), 'B')
  const inside = hide(
    ['Card/Badge'],
    [layer('Card', { ty: 0, refId: 'c' })],
    [{ id: 'c', layers: [layer('Badge'), layer('Face')] }],
  )
  assert.equal(names(inside.assets![0]!.layers!), 'Face')
  assert.equal(names(hide(['Nothing', 'A/B/C', ''], [layer('A')]).layers), 'A')
})

test('a layer that others hang on stays, unseen', () => {
  assert.equal(
    names(hide(['P'], [layer('P', { ind: 1 }), layer('C', { ind: 2, parent: 1 })]).layers),
    '(P) C',
  )
})

test('its matte goes with it, unless it cuts something else or carries it', () => {
  assert.equal(names(hide(['A'], [layer('M', { td: 1 }), layer('A', { tt: 1 }), layer('Z')]).layers), 'Z')
  assert.equal(
    names(
      hide(['A'], [layer('M', { td: 1, ind: 1 }), layer('A', { tt: 1, tp: 1 }), layer('B', { tt: 1, tp: 1 })])
        .layers,
    ),
    'M B',
  )
  assert.equal(
    names(
      hide(['A'], [layer('M', { td: 1, ind: 1 }), layer('A', { tt: 1 }), layer('B', { parent: 1 })]).layers,
    ),
    'M B',
  )
  const cut = hide(['M'], [layer('Z'), layer('M', { td: 1 }), layer('A', { tt: 1 })])
  assert.deepEqual([names(cut.layers), cut.layers[1]!.tt], ['Z A', undefined])
})

test('booleans and choices say what is hidden, by value or by default', () => {
  const slots = {
    badge: { type: 'boolean', default: true, layers: ['Badge'] },
    style: {
      type: 'choice',
      default: 'a',
      options: { a: { layers: ['A', 'Both'] }, b: { layers: ['B', 'Both'] }, none: { layers: [] } },
    },
  }
  const shown = (values: [string, ResolvedValue][]) => {
    const lottie = tinyLottie({ layers: ['Badge', 'A', 'B', 'Both'].map((nm) => layer(nm)) })
    hideLayers(lottie, tinyScene({ slots }) as unknown as ManifestScene, new Map(values))
    return names(lottie.layers)
  }
  assert.equal(shown([]), 'Badge A Both')
  assert.equal(
    shown([
      ['badge', { type: 'boolean', shown: false }],
      ['style', { type: 'choice', option: 'b' }],
    ]),
    'B Both',
  )
  assert.equal(shown([['style', { type: 'choice', option: 'none' }]]), 'Badge')
})
