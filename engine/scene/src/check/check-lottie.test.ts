import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tinyFiles, tinyLottie, tinyManifest, tinyScene } from '../fixtures/tiny-template.ts'
import type { Asset, Layer, Lottie } from '../lottie/lottie-json.ts'
import { openTemplate } from '../package/open-template.ts'
import { openFallbacks } from '../text/corpus/open-corpus.ts'
import { checkBindings } from './check-bindings.ts'
import { checkLanguages } from './check-languages.ts'
import { checkLottie } from './check-lottie.ts'

const layer = (changes: object): Layer => ({ ty: 4, nm: 'Dot', ip: 0, op: 9, st: 0, ks: {}, ...changes })
const check = (layers: object[], changes: Partial<Lottie> = {}) =>
  checkLottie(tinyLottie({ layers: layers.map(layer), ...changes }), 'a/x.json').map(
    ({ code, message }) => `${code} ${message}`,
  )

test('what our player paints is not complained about', () => {
  const painted = [
    {
      ef: [
        { ty: 21, mn: 'ADBE Fill' },
        { ty: 25, nm: 'Shadow' },
        { ty: 5, nm: 'Slider Control', mn: 'ADBE Slider Control' },
      ],
    },
    { sy: [{ ty: 1 }, { ty: 4 }] },
    {
      ks: {
        p: {
          s: true,
          x: { a: 0, k: 1 },
          y: { a: 1, k: [{ t: 0, s: [1], o: { x: 0.3, y: 0 }, i: { x: 1, y: 1 } }] },
        },
      },
    },
    ...[0, 1, 2, 3, 4, 6, 13].map((ty) => ({ ty })),
  ]
  assert.deepEqual(check(painted), [])
})

test('each thing that is not painted is named with its layer', () => {
  const found: [object[], RegExp][] = [
    [[{ ef: [{ ty: 99, nm: 'Glow', mn: 'ADBE Glo2' }] }], /EFFECT_UNSUPPORTED.*Glow.*“Dot” in a\/x.json/],
    [[{ sy: [{ ty: 5 }] }], /LAYER_STYLE_UNSUPPORTED.*bevel.*“Dot”/],
    [[{ ty: 9, nm: 'Film' }], /LAYER_UNSUPPORTED.*“Film” in a\/x.json is a video/],
    [[{ ty: 77 }], /LAYER_UNSUPPORTED.*of type 77/],
    [
      [{ ks: { r: { a: 0, k: 1, x: 'var $bm_rt = time' } } }],
      /EXPRESSION_NOT_BAKED.*ks\.r of the layer “Dot”/,
    ],
    [[{ shapes: [{ ty: 'fl', c: { a: 0, k: [1, 1, 1], x: 'x' } }] }], /EXPRESSION_NOT_BAKED.*shapes\.0\.c/],
  ]
  for (const [layers, expected] of found) {
    const findings = check(layers)
    assert.equal(findings.length, 1)
    assert.match(findings[0]!, expected)
  }
  assert.match(check([], { v: '4.9.0' })[0]!, /BODYMOVIN_TOO_OLD.*4\.9\.0/)
  assert.match(
    checkLottie({ ...tinyLottie(), v: undefined } as unknown as Lottie, 'x')[0]!.message,
    /unknown version/,
  )
})

test('layers are named by their path, and each composition is looked at once', () => {
  const assets: Asset[] = [{ id: 'c', layers: [layer({ ty: 9, nm: 'Film' })] }]
  const findings = check(
    [
      { ty: 0, nm: 'Card', refId: 'c' },
      { ty: 0, nm: 'Again', refId: 'c' },
      { ty: 12, nm: undefined, ind: 7 },
    ],
    { assets },
  )
  assert.deepEqual(
    findings.map((finding) => /“(.*?)”/.exec(finding)?.[1]),
    ['Card/Film', '#7'],
  )
})

test('slots and what carries their ids are compared, both ways', () => {
  const slots = {
    title: { type: 'text' },
    tint: { type: 'color' },
    size: { type: 'number' },
    logo: { type: 'image' },
    lost: { type: 'number' },
    badge: { type: 'boolean', default: true, layers: ['Dot', 'Nobody'] },
  }
  const { manifest } = openTemplate(
    tinyFiles(
      tinyManifest({ scenes: [tinyScene({ slots })], palette: { roles: { primary: { default: '#000' } } } }),
    ),
    'x',
  )
  const bound = (sids: Record<string, string>) =>
    tinyLottie({
      assets: [{ id: 'p', sid: sids.logo ?? 'logo', p: 'x.png' }],
      layers: [
        layer({
          shapes: [
            { c: { a: 0, k: [0, 0, 0, 1], sid: sids.tint ?? 'tint' } },
            { c: { k: [0, 0, 0], sid: 'palette.primary, palette.primary' } },
            { o: { a: 0, k: 50, sid: sids.size ?? 'size' } },
            { d: { k: [{ t: 0, s: { t: 'x' } }], sid: 'title' } },
            { o: { k: 1, sid: 'lost' } },
          ],
        }),
      ],
    })
  const codes = (sids: Record<string, string> = {}) =>
    checkBindings(manifest, manifest.scenes[0]!, bound(sids), 'a').map(({ code }) => code)
  assert.deepEqual(codes(), ['LAYER_PATH_UNKNOWN'])
  assert.deepEqual(codes({ tint: 'other' }), ['SLOT_UNBOUND', 'LAYER_PATH_UNKNOWN', 'SLOT_UNDECLARED'])
  assert.deepEqual(codes({ tint: 'palette.primary,palette.none' }), [
    'SLOT_UNBOUND',
    'LAYER_PATH_UNKNOWN',
    'SLOT_UNDECLARED',
  ])
  assert.deepEqual(codes({ tint: 'size', size: 'tint' }), ['SLOT_KIND_WRONG', 'LAYER_PATH_UNKNOWN'])
  assert.deepEqual(codes({ logo: 'title' }), ['SLOT_KIND_WRONG', 'SLOT_UNBOUND', 'LAYER_PATH_UNKNOWN'])
})

test('languages that the fonts cannot write are named with the letters they lack', async () => {
  const fonts = await openFallbacks([{ id: '', text: 'Hello' }])
  assert.deepEqual(checkLanguages(['en', 'xx'], fonts), [])
  const [finding] = checkLanguages(['en-GB', 'fa-IR'], fonts)
  assert.deepEqual([finding?.code, finding?.severity], ['LANGUAGE_UNCOVERED', 'warning'])
  assert.match(finding!.message, /fa-IR: .*پ/)
})
