import assert from 'node:assert/strict'
import { test } from 'node:test'
import { transitionTypes } from '@flatrender/contracts/template'
import { tinyStory } from '../fixtures/tiny-story.ts'
import { problemsOf, tinyLottie, tinyManifest, tinyScene } from '../fixtures/tiny-template.ts'
import { evaluateProperty, evaluateScalar } from '../lottie/evaluate-property.ts'
import type { Bezier, Layer, Lottie, Property } from '../lottie/lottie-json.ts'
import { chainState, findChains } from '../measure/layer-chain.ts'
import type { MediaLibrary } from '../media/media-info.ts'
import { allLayers } from './all-layers.ts'
import { compileStory } from './compile-story.ts'

const HASH = 'cd'.repeat(32)
const media: MediaLibrary = new Map([
  ['mark.png', { kind: 'picture', hash: HASH, width: 200, height: 100 }],
  ['clip.mp4', { kind: 'video', hash: HASH, width: 9, height: 9, seconds: 5, hasAudio: true }],
])
const rectangle: Layer = {
  ty: 4,
  nm: 'Box',
  ind: 1,
  ip: 0,
  op: 60,
  st: 0,
  ks: {},
  shapes: [
    { ty: 'rc', p: { a: 0, k: [50, 50] }, s: { a: 0, k: [40, 40] }, r: { a: 0, k: 0 } },
    { ty: 'fl', c: { a: 0, k: [1, 0, 0, 1], sid: 'palette.primary' }, o: { a: 0, k: 100 } },
  ],
}
const lottie = tinyLottie({
  layers: [rectangle, { ty: 2, nm: 'Clip', ind: 2, refId: 'p', ip: 0, op: 60, st: 0, ks: {} }],
  assets: [
    { id: 'p', sid: 'clip', w: 10, h: 10, u: 'i/', p: 'dot.png' },
    { id: 'unused', w: 1, h: 1, p: 'gone.png', u: 'i/' },
    { id: 'scene', layers: [] },
    { id: 'a:root', layers: [] },
  ],
  slots: { clip: { p: null } },
  markers: [{ cm: 'flatrender:hold', tm: 30, dr: 0 }],
  fonts: { list: [] },
})
const manifest = (transition: object = {}) =>
  tinyManifest({
    scenes: [
      tinyScene({
        slots: { clip: { type: 'media' }, box: { type: 'boolean', default: true, layers: ['Box'] } },
      }),
    ],
    palette: { roles: { primary: { default: '#00ff00' } } },
    transitions: [{ id: 'into', type: 'crossfade', seconds: 0.5, ...transition }],
    defaultTransition: 'into',
  })

function compile(
  modifications: object,
  transition: object = {},
  file: object = lottie,
  fps = { num: 30, den: 1 },
) {
  const files = { 'a/main.json': file, 'i/dot.png': new Uint8Array([1]), 'i/gone.png': new Uint8Array([2]) }
  const { template, story } = tinyStory(manifest(transition), modifications, files)
  return compileStory({ template, story, format: '1:1', fps, media, text: { fonts: [], fallbacks: [] } })
}
const two = {
  scenes: [{ scene: 'main' }, { scene: 'main', duration: 4, modifications: { clip: 'clip.mp4' } }],
}

test('nothing is left to decide, and nothing lies there that nobody sees', () => {
  for (const { lottie: compiled } of compile({ ...two, watermark: { src: 'mark.png' } }).pieces) {
    const json = JSON.stringify(compiled)
    for (const word of ['"sid"', '"slots"', '"markers"', '"fonts"', '"chars"', 'gone', 'flatrender:'])
      assert.ok(!json.includes(word), word)
    const ids = compiled.assets!.map(({ id }) => id)
    assert.equal(new Set(ids).size, ids.length)
    const used = new Set(allLayers(compiled).map(({ refId }) => refId))
    assert.deepEqual(
      ids.filter((id) => !used.has(id)),
      [],
    )
    for (const { refId } of allLayers(compiled))
      assert.ok(refId === undefined || ids.includes(refId), `${refId} is missing`)
    assert.ok(json.includes('"k":[0,1,0,1]'), 'the palette is applied')
  }
})

test('the same story compiles to the same bytes, and the template stays as it was', () => {
  const files = { 'a/main.json': lottie, 'i/dot.png': new Uint8Array([1]), 'i/gone.png': new Uint8Array([2]) }
  const { template, story } = tinyStory(manifest(), two, files)
  const before = JSON.stringify([
    template.manifest,
    story,
    [...template.files.values()].map((bytes) => [...bytes]),
  ])
  const run = () =>
    JSON.stringify(
      compileStory({
        template,
        story,
        format: '1:1',
        fps: { num: 25, den: 1 },
        media,
        text: { fonts: [], fallbacks: [] },
      }).pieces.map((piece) => piece.lottie),
    )
  assert.equal(run(), run())
  assert.equal(
    JSON.stringify([template.manifest, story, [...template.files.values()].map((bytes) => [...bytes])]),
    before,
  )
})

/** Names of shapes and pictures that show at a frame of the Lottie, each with its opacity. */
function seenAt(compiled: Lottie, frame: number): string[] {
  return allLayers(compiled)
    .filter(({ ty }) => ty === 4 || ty === 2)
    .flatMap((layer) =>
      findChains(compiled, layer).flatMap((chain) =>
        chainState(chain, frame, compiled.fr) === undefined ? [] : [layer.nm ?? layer.refId ?? ''],
      ),
    )
}

test('every output frame of every piece shows its scene, at any rate', () => {
  for (const fps of [
    { num: 12, den: 1 },
    { num: 24, den: 1 },
    { num: 30000, den: 1001 },
    { num: 60, den: 1 },
  ]) {
    for (const { lottie: compiled, from, to, step, piece } of compile(
      { scenes: [{ scene: 'main' }, { scene: 'main', duration: 4 }, { scene: 'main', duration: 2.5 }] },
      {},
      lottie,
      fps,
    ).pieces)
      for (let frame = from; frame < to; frame++)
        assert.ok(
          seenAt(compiled, Math.fround(frame * step)).filter((name) => name === 'Box').length >=
            (piece.kind === 'scene' ? 1 : 2),
          `${piece.kind} ${frame}/${to}`,
        )
  }
})

test('each transition begins with the going scene and ends with the coming one, whatever its direction', () => {
  for (const type of transitionTypes.filter((one) => one !== 'cut')) {
    for (const direction of ['left', 'right', 'up', 'down']) {
      const { pieces } = compile(two, { type, direction })
      const { lottie: compiled, to, step, piece } = pieces[1]!
      assert.equal(piece.kind, 'transition')
      const [coming, going] = compiled.layers as [Layer, Layer]
      const shares = Array.from({ length: to }, (_, frame) => covered(coming, frame * step))
      const name = `${type} ${direction}: ${shares.map((share) => share.toFixed(2)).join(' ')}`
      assert.ok(shares[0]! > 0 && shares[0]! < 0.1, name)
      assert.ok(shares.at(-1)! < 1 && shares.at(-1)! > 0.9, name)
      assert.ok(
        shares.every((share, index) => index === 0 || share > shares[index - 1]!),
        name,
      )
      assert.deepEqual(
        [coming.ip, coming.op, going.op, coming.st, going.st],
        [0, compiled.op, compiled.op, 0, -45],
      )
    }
  }
})

/** The share of the stage that the coming scene covers, or its opacity. */
function covered({ ks, masksProperties }: Layer, frame: number): number {
  const [x = 0, y = 0] = evaluateProperty(ks.p, frame, [0, 0])
  const opacity = evaluateScalar(ks.o, frame, 100) / 100
  if (masksProperties?.[0] !== undefined) {
    const { pt } = masksProperties[0] as unknown as { pt: { k: { t: number; s: [Bezier] }[] } }
    const area = pt.k.map(({ s: [{ v }] }) => (v[2]![0]! - v[0]![0]!) * (v[2]![1]! - v[0]![1]!))
    const eased = { a: 1, k: pt.k.map((keyframe, index) => ({ ...keyframe, s: [area[index]!] })) } as Property
    return evaluateScalar(eased, frame, 0) / 10_000
  }
  // A picture that only grows covers what its opacity says.
  if (ks.o?.a === 1) return opacity
  return (1 - Math.abs(x) / 100) * (1 - Math.abs(y) / 100)
}

test('the watermark is the last layer over scenes and transitions alike, and boxes still find their layers', () => {
  const { pieces } = compile({
    ...two,
    watermark: { src: 'mark.png', position: 'top-left', size: 0.5, opacity: 0.4 },
  })
  for (const { lottie: compiled } of pieces) {
    const [first] = compiled.layers
    assert.equal(compiled.assets!.find(({ id }) => id === first!.refId)?.p, `${HASH}.picture`)
    assert.deepEqual(
      [first!.ks.o, first!.ks.s, first!.ks.p],
      [
        { a: 0, k: 40 },
        { a: 0, k: [25, 25, 100] },
        { a: 0, k: [4, 4, 0] },
      ],
    )
    assert.deepEqual([first!.ip, first!.op], [compiled.ip, compiled.op])
  }
  const { lottie: compiled, boxesAt } = pieces[2]!
  const [box] = boxesAt(100)
  let layers: readonly Layer[] | undefined = compiled.layers
  let found: Layer | undefined
  for (const index of box!.layer) {
    found = layers?.[index]
    layers = compiled.assets!.find(({ id }) => id === found?.refId)?.layers
  }
  assert.equal(found?.nm, 'Clip')
  assert.deepEqual(box!.box, { x: 0, y: 0, width: 10, height: 10 })
})

test('what lies outside the package is never followed; what is embedded stays', () => {
  const withPicture = (p: string, u = '') => ({ ...lottie, assets: [{ id: 'p', w: 10, h: 10, u, p }] })
  const outside = [
    'file:///etc/passwd',
    'http://x/y.png',
    'HTTPS://x',
    '//host/y.png',
    '/etc/passwd',
    'C:\\x.png',
    '..\\x.png',
    '../x.png',
    'a/../../x.png',
    '\\\\host\\x',
    'javascript:x',
  ]
  for (const p of outside)
    assert.match(problemsOf(() => compile({}, {}, withPicture(p)))[0]!, /^TEMPLATE_REFERENCE_OUTSIDE/, p)
  assert.match(
    problemsOf(() => compile({}, {}, withPicture('x.png', 'http://host/')))[0]!,
    /^TEMPLATE_REFERENCE_OUTSIDE/,
  )
  assert.match(
    problemsOf(() => compile({}, {}, withPicture('none.png')))[0]!,
    /^TEMPLATE_FILE_MISSING.*none.png/,
  )
  const embedded = compile({}, {}, withPicture('data:image/png;base64,AAAA')).pieces[0]!.lottie.assets!
  assert.deepEqual(
    embedded.map(({ p, u, e }) => [p, u, e]),
    [['data:image/png;base64,AAAA', '', 1]],
  )
  const inside = compile({}, {}, withPicture('dot.png')).pieces[0]!.lottie.assets!
  assert.match(String(inside[0]!.p), /^[0-9a-f]{64}\.png$/)
})

test('an animation of another frame rate than its template is refused', () => {
  assert.match(
    problemsOf(() => compile({}, {}, { ...lottie, fr: 25 }))[0]!,
    /TEMPLATE_MANIFEST_INVALID.*25 frames a second, and the template 30/,
  )
})
