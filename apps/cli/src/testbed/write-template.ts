import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

const still = (k: number | number[]) => ({ a: 0, k })

/** A second of a picture and a title on a colour. */
export function makeAnimation(changes: object = {}): object {
  const box = { ty: 2, nm: 'Clip', ind: 1, refId: 'p', ip: 0, op: 12, st: 0, ks: { p: still([16, 16, 0]) } }
  const title = { s: 12, f: 'Sans', t: 'Hello', fc: [1, 1, 1] }
  const text = {
    ty: 5,
    nm: 'Title',
    ind: 2,
    ip: 0,
    op: 12,
    st: 0,
    ks: { p: still([4, 60]) },
    t: { d: { k: [{ t: 0, s: title }], sid: 'title' }, a: [] },
  }
  const ground = {
    ty: 1,
    nm: 'Ground',
    ind: 3,
    sw: 64,
    sh: 64,
    sc: '#3366cc',
    ip: 0,
    op: 12,
    st: 0,
    ks: { o: { a: 0, k: 100, sid: 'strength' } },
  }
  return {
    v: '5.9.0',
    fr: 12,
    ip: 0,
    op: 12,
    w: 64,
    h: 64,
    layers: [box, text, ground],
    assets: [{ id: 'p', sid: 'clip', w: 32, h: 32, u: 'i/', p: 'dot.png', e: 0 }],
    fonts: { list: [{ fName: 'Sans', fFamily: 'Sans', fStyle: 'Regular' }] },
    ...changes,
  }
}

export function makeManifest(changes: object = {}): object {
  const slots = {
    title: { type: 'text', maxCharacters: 10 },
    clip: { type: 'media' },
    strength: { type: 'number', min: 0, max: 100 },
  }
  return {
    flatrender: 1,
    id: 'tiny',
    version: '1.0.0',
    name: { en: 'Tiny' },
    licence: 'MIT',
    languages: ['en'],
    fps: 12,
    formats: { '1:1': { width: 64, height: 64 } },
    scenes: [
      { id: 'main', name: { en: 'Main' }, animations: { '1:1': 'a/main.json' }, snapshotFrame: 6, slots },
    ],
    presets: [{ id: 'default', name: { en: 'D' }, story: { scenes: [{ scene: 'main' }] } }],
    ...changes,
  }
}

/** A picture of one red pixel. */
export const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
  'base64',
)

/** Writes the small template as a folder; contents replace its files by path. */
export async function writeTemplate(
  folder: string,
  changes: Readonly<Record<string, object>> = {},
): Promise<string> {
  const files = {
    'flatrender.json': makeManifest(),
    'a/main.json': makeAnimation(),
    'i/dot.png': DOT,
    ...changes,
  }
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, content instanceof Uint8Array ? content : JSON.stringify(content))
  }
  return folder
}
