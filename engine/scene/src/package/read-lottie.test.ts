import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { codesOf, problemsOf, tinyLottie } from '../fixtures/tiny-template.ts'
import type { Asset, Layer } from '../lottie/lottie-json.ts'
import { readLottie } from './read-lottie.ts'

const reasonFor = (json: unknown): string =>
  problemsOf(() => readLottie(JSON.stringify(json), 'x.json'))[0]!.replace(
    /^LOTTIE_INVALID “x.json” is not a Lottie animation: /,
    '',
  )

const layer = (changes: object): Layer => ({ ty: 4, ip: 0, op: 9, st: 0, ks: {}, ...changes })
const precomps = (count: number, uses: number): Asset[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `c${index}`,
    layers: Array.from({ length: uses }, () => layer({ ty: 0, refId: `c${index + 1}` })),
  }))

test('what is no animation says why', () => {
  const text = (t: unknown) => tinyLottie({ layers: [layer({ ty: 5, nm: 'Title', t })] })
  const wrong: [unknown, string][] = [
    [[], 'it is not a JSON object.'],
    [{}, 'it has no layers.'],
    [tinyLottie({ w: 0 }), 'its w is 0.'],
    [tinyLottie({ h: 1e9 }), 'its h is 1000000000.'],
    [{ ...tinyLottie(), fr: '30' }, 'its fr is 30.'],
    [tinyLottie({ fr: Number.NaN }), 'its fr is null.'],
    [tinyLottie({ op: 0 }), 'it plays from frame 0 to 0.'],
    [tinyLottie({ op: 1e12 }), 'it plays from frame 0 to 1000000000000.'],
    [{ ...tinyLottie(), assets: {} }, 'its assets are no list.'],
    [{ ...tinyLottie(), assets: [{}] }, 'its asset 0 has no id.'],
    [{ ...tinyLottie(), assets: [{ id: 'a', p: 7 }] }, 'the path of its asset a is no text.'],
    [{ ...tinyLottie(), layers: [null] }, 'its layer 0 has no type.'],
    [tinyLottie({ layers: [layer({ nm: 'Dot', ip: '3' })] }), 'its layer “Dot” has ip "3".'],
    [tinyLottie({ layers: [layer({ sr: 0, ind: 4 })] }), 'its layer “#4” has sr 0.'],
    [{ ...tinyLottie(), assets: [{ id: 'a', layers: [7] }] }, 'its layer 0 has no type.'],
    [text(undefined), 'its layer “Title” has no words.'],
    [text({ d: { k: [{ s: {} }] } }), 'its layer “Title” has no words.'],
  ]
  for (const [json, reason] of wrong)
    assert.ok(reasonFor(json).startsWith(reason), `${reasonFor(json)} ≠ ${reason}`)
  assert.deepEqual(
    codesOf(() => readLottie('{"v":', 'x.json')),
    ['LOTTIE_INVALID'],
  )
})

test('a composition inside itself, and one that unfolds to millions of layers, is refused at once', () => {
  const loop = tinyLottie({
    assets: [{ id: 'a', layers: [layer({ ty: 0, refId: 'a' })] }],
    layers: [layer({ ty: 0, refId: 'a' })],
  })
  assert.ok(reasonFor(loop).startsWith('its composition a holds itself'))
  const billion = tinyLottie({ assets: precomps(12, 10), layers: [layer({ ty: 0, refId: 'c0' })] })
  assert.match(reasonFor(billion), /^\d+ layers would have to be painted/)
  const many = tinyLottie({ assets: precomps(4, 10), layers: [layer({ ty: 0, refId: 'c0' })] })
  assert.equal(readLottie(JSON.stringify(many), 'x').assets?.length, 4)
})

test('a JSON too deep to walk is refused and not walked', () => {
  const deep = `${'{"it":['.repeat(40_000)}${']}'.repeat(40_000)}`
  const json = JSON.stringify(tinyLottie({ layers: [layer({ shapes: 'HERE' })] })).replace('"HERE"', deep)
  assert.deepEqual(
    codesOf(() => readLottie(json, 'x')),
    ['LOTTIE_INVALID'],
  )
})

test('whatever JSON there is, it is read or refused by its code', () => {
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.jsonValue(),
      fc.array(tie('value')),
      fc.record(
        {
          ty: fc.integer({ min: 0, max: 6 }),
          ip: tie('value'),
          op: tie('value'),
          id: tie('value'),
          layers: fc.array(tie('value')),
        },
        { requiredKeys: [] },
      ),
    ),
  })).value
  fc.assert(
    fc.property(
      fc.record({ layers: json, assets: json, fonts: json, markers: json }, { requiredKeys: ['layers'] }),
      (parts) => {
        try {
          readLottie(JSON.stringify({ ...tinyLottie(), ...parts }), 'x')
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'LOTTIE_INVALID', String(error))
        }
      },
    ),
  )
})

test('what exporters leave out is filled in', () => {
  const [read] = readLottie(JSON.stringify({ ...tinyLottie(), layers: [{ ty: 4, op: 9 }] }), 'x').layers
  assert.deepEqual(read, { ty: 4, ip: 0, op: 9, st: 0, ks: {} })
})
