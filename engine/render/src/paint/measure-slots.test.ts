import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { loadFallbacks } from '@flatrender/engine-fonts'
import { encodeStill, openPainter } from '@flatrender/engine-media'
import {
  compileStory,
  type Font,
  type Layer,
  type Lottie,
  openTemplate,
  openTextEngine,
  readModifications,
  requiredFallbacks,
  resolveStory,
} from '@flatrender/engine-scene'

// Where the compiler says a slot is, against where Skia paints it: a red square on nothing, moved in every way.

const HASH = 'ef'.repeat(32)
const SIDE = 240
const SQUARE = 40
let folder = ''
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'flatrender-measure-'))
  const red = Buffer.alloc(SQUARE * SQUARE * 4, Buffer.from([255, 0, 0, 255]))
  await writeFile(path.join(folder, `${HASH}.picture`), await encodeStill(red, SQUARE, SQUARE, 'png'))
})
after(() => rm(folder, { recursive: true, force: true }))

type Moves = Record<string, unknown>
const still = (k: number | number[]) => ({ a: 0, k })
const square = (ks: Moves, changes: object = {}): Layer =>
  ({
    ty: 2,
    nm: 'Square',
    ind: 1,
    refId: 'p',
    ip: 0,
    op: 60,
    st: 0,
    ks: { a: still([20, 20, 0]), ...ks },
    ...changes,
  }) as Layer
const empty = (ind: number, ks: Moves, changes: object = {}): Layer =>
  ({ ty: 3, ind, ip: 0, op: 60, st: 0, ks, ...changes }) as Layer
const precomp = (ks: Moves, changes: object = {}): Layer =>
  ({ ty: 0, ind: 9, refId: 'c', w: SIDE, h: SIDE, ip: 0, op: 60, st: 0, ks, ...changes }) as Layer

const EASE = { o: { x: [0.7], y: [0] }, i: { x: [0.2], y: [1] } }
const key = (t: number, s: number[], changes: object = {}) => ({ t, s, ...EASE, ...changes })
const moving = (...keys: object[]) => ({ a: 1, k: keys })

const ways: Record<string, { layers: Layer[]; inside?: Layer[]; duration?: number }> = {
  'at rest': { layers: [square({ p: still([100.5, 60, 0]) })] },
  'eased by a bezier curve': { layers: [square({ p: moving(key(5, [40, 40, 0]), key(50, [200, 180, 0])) })] },
  overshooting: {
    layers: [
      square({
        p: moving(
          { t: 5, s: [40, 40, 0], o: { x: 0.3, y: -0.4 }, i: { x: 0.4, y: 1.6 } },
          key(50, [160, 140, 0]),
        ),
      }),
    ],
  },
  'with an easing for each dimension': {
    layers: [
      square({
        p: moving(
          {
            t: 0,
            s: [40, 40, 0],
            o: { x: [0.9, 0.1, 0], y: [0, 0, 0] },
            i: { x: [0.9, 0.2, 1], y: [1, 1, 1] },
          },
          key(59, [200, 180, 0]),
        ),
      }),
    ],
  },
  'held between keyframes': {
    layers: [
      square({
        p: moving(key(0, [40, 40, 0], { h: 1 }), key(20, [100, 60, 0], { h: 1 }), key(40, [180, 200, 0])),
      }),
    ],
  },
  'along a curve in space': {
    layers: [
      square({
        p: moving(key(5, [40, 200, 0], { to: [0, -160, 0], ti: [-120, 0, 0] }), key(50, [200, 40, 0])),
      }),
    ],
  },
  'with separated dimensions': {
    layers: [
      square({
        p: {
          s: true,
          x: moving(key(0, [40]), key(59, [200])),
          y: moving({ t: 10, s: [40], o: { x: [0], y: [0] }, i: { x: [1], y: [1] } }, key(40, [180])),
        },
      }),
    ],
  },
  'old keyframes with end values': {
    layers: [square({ p: moving({ t: 0, s: [40, 40, 0], e: [200, 120, 0], ...EASE }, { t: 50 }) })],
  },
  'rotated, scaled and skewed': {
    layers: [
      square({
        p: still([120, 120, 0]),
        r: moving(key(0, [0]), key(59, [200])),
        s: moving(key(0, [50, 100, 100]), key(59, [150, -80, 100])),
        sk: still(20),
        sa: still(30),
      }),
    ],
  },
  'hanging on parents': {
    layers: [
      square({ p: still([30, 0, 0]), r: still(15) }, { parent: 2 }),
      empty(
        2,
        { p: still([10, 40, 0]), r: moving(key(0, [0]), key(59, [90])), s: still([120, 120, 100]) },
        { parent: 3 },
      ),
      empty(3, { p: moving(key(0, [60, 60, 0]), key(59, [140, 120, 0])), a: still([5, 5, 0]) }),
    ],
  },
  'in a precomp that is moved, delayed and slowed': {
    layers: [precomp({ p: still([30, 10, 0]), s: still([80, 80, 100]), r: still(5) }, { st: 6.5, sr: 1.5 })],
    inside: [square({ p: moving(key(0, [40, 40, 0]), key(30, [200, 180, 0])) })],
  },
  'in a precomp whose time is remapped': {
    layers: [precomp({}, { tm: moving(key(0, [1.5]), key(59, [0.1])) })],
    inside: [square({ p: moving(key(0, [40, 40, 0]), key(59, [200, 180, 0])) })],
  },
  'in a scene that is stretched': {
    layers: [square({ p: moving(key(0, [40, 40, 0]), key(59, [200, 180, 0])) })],
    duration: 4,
  },
  'in a scene that is shortened': {
    layers: [square({ p: moving(key(0, [40, 40, 0]), key(59, [200, 180, 0])) })],
    duration: 1.1,
  },
}

for (const [name, { layers, inside, duration }] of Object.entries(ways)) {
  test(`a slot is painted where it is measured: ${name}`, () => {
    const assets = [
      { id: 'p', sid: 'clip', w: SQUARE, h: SQUARE, u: '', p: 'none.png' },
      ...(inside ? [{ id: 'c', layers: inside }] : []),
    ]
    const { lottie, boxesAt, from, to, step } = compile(
      { v: '5.9.0', fr: 30, ip: 0, op: 60, w: SIDE, h: SIDE, layers, assets },
      duration,
    )
    const painter = openPainter({
      lottie: JSON.stringify(lottie),
      width: SIDE,
      height: SIDE,
      background: null,
      resourcePath: folder,
    })
    let seen = 0
    for (let frame = from; frame < to; frame += 3) {
      const [slot] = boxesAt(frame)
      const ink = findInk(painter.paint(frame * step))
      if (slot === undefined && ink === undefined) continue
      seen++
      assert.ok(
        slot !== undefined && ink !== undefined,
        `frame ${frame}: ${slot ? 'measured' : 'painted'} alone`,
      )
      const { x, y, width, height } = slot.box
      const measured = {
        left: x,
        top: y,
        right: x + width,
        bottom: y + height,
        x: x + width / 2,
        y: y + height / 2,
      }
      for (const edge of ['left', 'top', 'right', 'bottom'] as const)
        assert.ok(
          Math.abs(ink[edge] - measured[edge]) <= 2,
          `frame ${frame}: ${edge} ${ink[edge]} ≠ ${measured[edge]}`,
        )
      for (const axis of ['x', 'y'] as const)
        assert.ok(
          Math.abs(ink[axis] - measured[axis]) <= 0.5,
          `frame ${frame}: centre ${axis} ${ink[axis]} ≠ ${measured[axis]}`,
        )
    }
    assert.ok(seen > 10)
  })
}

for (const [text, document] of [
  ['Words', { s: 30, j: 2 }],
  ['Two lines\rof it', { s: 24, j: 0, lh: 30 }],
  ['سلام دنیا', { s: 30, j: 1 }],
  ['A much longer line that shrinks', { s: 60, j: 2 }],
] as const) {
  test(`words are painted where they are measured: ${text.replace('\r', ' / ')}`, async () => {
    const t = {
      d: { k: [{ t: 0, s: { f: 'Sans', fc: [1, 0, 0], t: 'x', ...document } }], sid: 'title' },
      a: [],
    }
    const p = moving(key(0, [100, 100, 0]), key(59, [140, 140, 0]))
    const ks = { p, r: still(20), s: still([90, 110, 100]) }
    const layer = { ty: 5, nm: 'Title', ind: 1, ip: 0, op: 60, st: 0, ks, t } as Layer
    const fonts = { list: [{ fName: 'Sans', fFamily: 'Noto Sans', fStyle: 'Regular' }] }
    const fallbacks = await openFallbacks(text)
    const slots = { title: { type: 'text', maxLines: 2, maxWidth: 180, minScale: 0.2 } }
    const { lottie, boxesAt, step } = compile(
      { v: '5.9.0', fr: 30, ip: 0, op: 60, w: SIDE, h: SIDE, layers: [layer], fonts },
      undefined,
      { slots, modifications: { title: text.replace('\r', '\n') }, fallbacks },
    )
    const painter = openPainter({
      lottie: JSON.stringify(lottie),
      width: SIDE,
      height: SIDE,
      background: null,
      resourcePath: folder,
    })
    for (const frame of [0, 25, 59]) {
      const ink = findInk(painter.paint(frame * step))!
      const { x, y, width, height } = boxesAt(frame)[0]!.box
      // The upright box around a turned box is larger than the one around its ink, never smaller.
      assert.ok(
        ink.left >= x - 2 && ink.right <= x + width + 2,
        `${x}…${x + width} holds ${ink.left}…${ink.right}`,
      )
      assert.ok(
        ink.top >= y - 2 && ink.bottom <= y + height + 2,
        `${y}…${y + height} holds ${ink.top}…${ink.bottom}`,
      )
      assert.ok(ink.right - ink.left > 0.8 * width && ink.bottom - ink.top > 0.5 * height)
    }
  })
}

async function openFallbacks(text: string) {
  const engine = await openTextEngine()
  const sources = await loadFallbacks(requiredFallbacks([{ text }], []))
  return sources.map((source) => engine.openFont(source))
}

test('what does not show has no box', () => {
  const hidden = square(
    { p: still([100, 100, 0]), o: moving(key(0, [0], { h: 1 }), key(30, [100])) },
    { op: 45 },
  )
  const { boxesAt } = compile({
    v: '5.9.0',
    fr: 30,
    ip: 0,
    op: 60,
    w: SIDE,
    h: SIDE,
    layers: [hidden],
    assets: [{ id: 'p', sid: 'clip', w: SQUARE, h: SQUARE, u: '', p: 'none.png' }],
  })
  assert.deepEqual(
    [0, 29, 30, 44, 45].map((frame) => boxesAt(frame).length),
    [0, 0, 1, 1, 0],
  )
})

interface Filling {
  readonly slots: object
  readonly modifications: object
  readonly fallbacks: readonly Font[]
}

const PICTURE: Filling = {
  slots: { clip: { type: 'media' } },
  modifications: { clip: 'red.png' },
  fallbacks: [],
}

function compile(lottie: Lottie, duration?: number, { slots, modifications, fallbacks } = PICTURE) {
  const manifest = {
    flatrender: 1,
    id: 'measure',
    version: '1.0.0',
    name: { en: 'M' },
    licence: 'MIT',
    languages: ['en'],
    fps: 30,
    formats: { '1:1': { width: SIDE, height: SIDE } },
    scenes: [
      {
        id: 'main',
        name: { en: 'M' },
        animations: { '1:1': 'a/m.json' },
        snapshotFrame: 25,
        slots,
      },
    ],
    presets: [{ id: 'default', name: { en: 'D' }, story: { scenes: [{ scene: 'main' }] } }],
  }
  const bytes = (json: object) => new TextEncoder().encode(JSON.stringify(json))
  const files = new Map([
    ['flatrender.json', bytes(manifest)],
    ['a/m.json', bytes(lottie)],
    ['none.png', new Uint8Array(1)],
  ])
  const template = openTemplate(files, 'measure')
  const scene = {
    scene: 'main',
    modifications,
    ...(duration !== undefined && { duration }),
  }
  const { story } = resolveStory(template.manifest, readModifications(template.manifest, { scenes: [scene] }))
  return compileStory({
    template,
    story: story!,
    format: '1:1',
    fps: { num: 30, den: 1 },
    media: new Map([['red.png', { kind: 'picture', hash: HASH, width: SQUARE, height: SQUARE }]]),
    text: { fonts: [], fallbacks },
  }).pieces[0]!
}

/** Edges and centre of gravity of what is painted, with the share of a pixel that its edges cover. */
function findInk(rgba: Buffer) {
  const found = { left: SIDE, top: SIDE, right: 0, bottom: 0 }
  let [weight, x, y] = [0, 0, 0]
  for (let at = 0; at < SIDE * SIDE; at++) {
    const alpha = rgba[at * 4 + 3]!
    if (alpha === 0) continue
    const [column, row] = [at % SIDE, Math.floor(at / SIDE)]
    weight += alpha
    x += alpha * (column + 0.5)
    y += alpha * (row + 0.5)
    if (alpha < 24) continue
    found.left = Math.min(found.left, column)
    found.top = Math.min(found.top, row)
    found.right = Math.max(found.right, column + 1)
    found.bottom = Math.max(found.bottom, row + 1)
  }
  return weight === 0 ? undefined : { ...found, x: x / weight, y: y / weight }
}
