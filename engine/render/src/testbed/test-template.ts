import { openTemplate, type TemplatePackage } from '@flatrender/engine-scene'

/** Size of the test template's pictures, pixels. */
const WIDTH = 160
const HEIGHT = 90

type Json = Record<string, unknown>

/** A PNG of one pixel. */
export const GREY_PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
)

/** Layers over a full rectangle in the palette's first colour. */
export interface TestScene {
  readonly id: string
  /** Of the animation, at 30 a second. */
  readonly frames: number
  readonly layers: readonly Json[]
  readonly assets?: readonly Json[]
  readonly slots?: Json
  readonly markers?: readonly Json[]
  readonly duration?: Json
}

/** A template of these scenes, made in memory; the first preset plays each once. */
export function makeTemplate(scenes: readonly TestScene[], changes: Json = {}): TemplatePackage {
  const manifest = {
    flatrender: 1,
    id: 'test',
    version: '1.0.0',
    name: { en: 'Test' },
    licence: 'MIT',
    languages: ['en'],
    fps: 30,
    formats: { '16:9': { width: WIDTH, height: HEIGHT } },
    palette: { roles: { ground: { default: '#203040' } } },
    transitions: [{ id: 'fade', type: 'crossfade', seconds: 0.4 }],
    scenes: scenes.map(({ id, frames, slots = {}, duration }) => ({
      id,
      name: { en: id },
      animations: { '16:9': `a/${id}.json` },
      snapshotFrame: Math.floor(frames / 2),
      slots,
      ...(duration && { duration }),
    })),
    presets: [{ id: 'all', name: { en: 'All' }, story: { scenes: scenes.map(({ id }) => ({ scene: id })) } }],
    ...changes,
  }
  const bytes = (content: unknown) => new TextEncoder().encode(JSON.stringify(content))
  const files = new Map([['flatrender.json', bytes(manifest)]])
  for (const scene of scenes) files.set(`a/${scene.id}.json`, bytes(makeLottie(scene)))
  return openTemplate(files, 'test')
}

function makeLottie({ frames, layers, assets = [], markers = [] }: TestScene): Json {
  const ground = boxLayer('ground', WIDTH, HEIGHT, frames, { sid: 'palette.ground' })
  return {
    v: '5.9.0',
    fr: 30,
    ip: 0,
    op: frames,
    w: WIDTH,
    h: HEIGHT,
    assets,
    markers,
    fonts: { list: [{ fName: 'Sans-Bold', fFamily: 'Noto Sans', fStyle: 'Bold', ascent: 75 }] },
    layers: [...layers, ground].map((layer, index) => ({ ind: index + 1, ...layer })),
  }
}

/** A rectangle around `x`, which runs to the right by `speed` pixels a frame. */
export function boxLayer(
  name: string,
  width: number,
  height: number,
  frames: number,
  {
    sid,
    color = [0, 0, 0, 1],
    x = WIDTH / 2,
    speed = 0,
  }: { sid?: string; color?: number[]; x?: number; speed?: number },
): Json {
  const y = HEIGHT / 2
  const straight = { i: { x: [1], y: [1] }, o: { x: [0], y: [0] } }
  const still = { a: 0, k: [x, y] }
  const moving = {
    a: 1,
    k: [
      { t: 0, s: [x, y], ...straight },
      { t: frames, s: [x + speed * frames, y] },
    ],
  }
  const shapes = [
    { ty: 'rc', p: { a: 0, k: [0, 0] }, s: { a: 0, k: [width, height] }, r: { a: 0, k: 0 } },
    { ty: 'fl', c: { a: 0, k: color, ...(sid !== undefined && { sid }) }, o: { a: 0, k: 100 } },
    transform({ a: 0, k: [0, 0] }),
  ]
  return {
    ty: 4,
    nm: name,
    ip: 0,
    op: frames,
    st: 0,
    ks: transform(speed === 0 ? still : moving),
    shapes: [{ ty: 'gr', it: shapes }],
  }
}

/** Words in the middle, bound to a text slot. */
export function textLayer(slot: string, frames: number): Json {
  const document = { s: 20, f: 'Sans-Bold', t: 'Words', j: 2, fc: [1, 1, 1], lh: 24 }
  return {
    ty: 5,
    nm: slot,
    ip: 0,
    op: frames,
    st: 0,
    ks: transform({ a: 0, k: [WIDTH / 2, HEIGHT / 2] }),
    t: { d: { sid: slot, k: [{ t: 0, s: document }] }, a: [], m: { g: 1, a: { a: 0, k: [0, 0] } }, p: {} },
  }
}

/** A picture asset's layer, over all of the composition. */
export function pictureLayer(asset: string, frames: number): Json {
  return { ty: 2, nm: asset, refId: asset, ip: 0, op: frames, st: 0, ks: transform({ a: 0, k: [0, 0] }) }
}

/** An asset as large as the composition, bound to a picture or media slot; its own picture is a grey pixel. */
export function pictureAsset(slot: string): Json {
  return {
    id: slot,
    sid: slot,
    w: WIDTH,
    h: HEIGHT,
    u: '',
    e: 1,
    p: `data:image/png;base64,${GREY_PIXEL.toString('base64')}`,
  }
}

function transform(p: Json): Json {
  const fixed = (k: unknown) => ({ a: 0, k })
  return { ty: 'tr', o: fixed(100), r: fixed(0), a: fixed([0, 0]), s: fixed([100, 100]), p }
}

/** A moving bar and words: `frames` pictures of which no two are the same. */
export function cardScene(id: string, frames = 60): TestScene {
  const bar = boxLayer('bar', 20, 40, frames, { color: [1, 0.6, 0.1, 1], x: 10, speed: 140 / frames })
  return { id, frames, layers: [textLayer('title', frames), bar], slots: { title: { type: 'text' } } }
}

/** A person's picture or video over everything. */
export function mediaScene(id: string, frames = 60): TestScene {
  return {
    id,
    frames,
    layers: [pictureLayer('clip', frames)],
    assets: [pictureAsset('clip')],
    slots: { clip: { type: 'media' } },
  }
}
