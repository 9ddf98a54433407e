import { parseRational, toNumber } from '@flatrender/contracts/engine'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { idSchema, type Manifest } from '@flatrender/contracts/template'
import { allLayers } from '../compile/all-layers.ts'
import { kindOfProperty } from '../compile/kind-of-property.ts'
import { copyJson } from '../lottie/copy-json.ts'
import { type Layer, type Lottie, layerTypes, type Property } from '../lottie/lottie-json.ts'
import { countCharacters } from '../story/count-characters.ts'
import { findSlotIds } from './check-bindings.ts'
import { renameSlots } from './rename-slots.ts'

type SceneDraft = Manifest['scenes'][number]

/** A manifest for a plain animation, and the animation with its texts and pictures bound to slots. */
export interface TemplateDraft {
  readonly manifest: Manifest
  readonly lottie: Lottie
  /** Path of the animation in the package. */
  readonly animation: string
}

/** What a format's sides may be, pixels; `formatSchema` says the same. */
const SIDES = { least: 16, most: 8192 }

/**
 * Makes a template of one scene from a Lottie file: what carries a slot id becomes a slot of its kind; text layers
 * and pictures without one are given one by their names. Ids that no slot may have are changed. Errors: LOTTIE_INVALID.
 */
export function initManifest(source: Lottie, name: string): TemplateDraft {
  const fps = parseRational(source.fr)
  const [width, height] = [Math.round(source.w), Math.round(source.h)]
  if (fps === undefined || toNumber(fps) > 120 || toNumber(fps) < 1)
    throw new FlatRenderError('LOTTIE_INVALID', {
      file: name,
      reason: `a template can't have ${source.fr} frames a second`,
    })
  if (Math.min(width, height) < SIDES.least || Math.max(width, height) > SIDES.most)
    throw new FlatRenderError('LOTTIE_INVALID', {
      file: name,
      reason: `a template can't be ${source.w}×${source.h} pixels large`,
    })
  const lottie = copyJson(source)
  nameValidly(lottie)
  const id = toId(name, 'template')
  const format = ratio(width, height)
  const animation = `a/${id}.json`
  const slots = findSlots(lottie)
  const frames = lottie.op - lottie.ip
  const label = { en: name }
  const scene: SceneDraft = {
    id: 'main',
    name: label,
    animations: { [format]: animation },
    duration: { follows: 'nothing' },
    snapshotFrame: Math.floor(frames / 2),
    slots,
    cues: [],
  }
  const manifest: Manifest = {
    flatrender: 1,
    id,
    version: '0.1.0',
    name: label,
    licence: 'UNLICENSED',
    languages: ['en'],
    fps: fps.den === 1 ? fps.num : `${fps.num}/${fps.den}`,
    formats: { [format]: { width, height } },
    palette: { roles: {}, named: {} },
    fonts: [],
    scenes: [scene],
    transitions: [],
    presets: [{ id: 'default', name: label, story: { scenes: [{ scene: 'main' }] } }],
    samples: {},
  }
  return { manifest, lottie, animation }
}

/** Panels of After Effects allow any name, `Title 1` too. */
function nameValidly(lottie: Lottie): void {
  const taken = new Set(findSlotIds(lottie))
  renameSlots(lottie, (id) => {
    if (idSchema.safeParse(id).success || id.startsWith('palette.')) return id
    return takeName(toId(id, 'slot'), taken)
  })
}

function takeName(base: string, taken: Set<string>): string {
  let id = base
  for (let count = 2; taken.has(id); count++) id = `${base}${count}`
  taken.add(id)
  return id
}

function findSlots(lottie: Lottie): SceneDraft['slots'] {
  const slots: SceneDraft['slots'] = {}
  const taken = new Set(findSlotIds(lottie))
  const nameSlot = (wanted: string, fallback: string): string => takeName(toId(wanted, fallback), taken)
  for (const layer of textLayers(lottie)) {
    const text = layer.t!
    text.d.sid ??= nameSlot(layer.nm ?? '', 'text')
    slots[text.d.sid] = textSlot(layer)
  }
  const pictures = new Set(
    allLayers(lottie).flatMap(({ ty, refId }) => (ty === layerTypes.image ? [refId] : [])),
  )
  for (const asset of lottie.assets ?? []) {
    if (asset.layers !== undefined || asset.p === undefined || !pictures.has(asset.id)) continue
    asset.sid ??= nameSlot(asset.nm ?? asset.id, 'picture')
    slots[asset.sid] = { type: 'media', fit: 'cover', focal: { x: 0.5, y: 0.5 } }
  }
  for (const [id, kind] of findPropertySlots(lottie))
    if (!id.startsWith('palette.')) slots[id] ??= { type: kind }
  return slots
}

function textLayers(lottie: Lottie): Layer[] {
  return allLayers(lottie).filter(({ ty, t }) => ty === layerTypes.text && t !== undefined)
}

/** Room for twice the words that stand there now. */
function textSlot(layer: Layer): SceneDraft['slots'][string] {
  const words = layer.t?.d.k[0]?.s.t ?? ''
  const lines = words.split(/\r|\n/).length
  return {
    type: 'text',
    minCharacters: 0,
    maxCharacters: Math.min(5000, Math.max(20, countCharacters(words) * 2)),
    maxLines: Math.max(lines, layer.t?.d.k[0]?.s.sz === undefined ? 1 : 3),
    fit: 'shrink',
    minScale: 0.5,
    alignment: 'template',
    direction: 'auto',
    digits: 'keep',
  }
}

/** Colours and numbers that carry a slot id. */
function findPropertySlots(node: unknown): [id: string, kind: 'color' | 'number'][] {
  if (typeof node !== 'object' || node === null) return []
  const inner = Object.values(node).flatMap(findPropertySlots)
  if (!('sid' in node) || typeof node.sid !== 'string' || !('k' in node)) return inner
  const kind = kindOfProperty(node as unknown as Property)
  if (kind === 'color') return [...inner, [node.sid, 'color']]
  return kind === 'number' || kind === 'vector' ? [...inner, [node.sid, 'number']] : inner
}

function toId(name: string, fallback: string): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? []
  const id = words.join('-').replace(/^[^a-z]+/, '')
  return id === '' ? fallback : id.slice(0, 60).replace(/-+$/, '')
}

function ratio(width: number, height: number): string {
  const known = [
    [16, 9],
    [9, 16],
    [1, 1],
    [4, 5],
    [4, 3],
    [21, 9],
  ] as const
  const near = known.find(([w, h]) => Math.abs(width / height - w / h) < 0.02)
  if (near !== undefined) return near.join(':')
  const scale = Math.max(1, Math.max(width, height) / 100)
  return `${Math.max(1, Math.round(width / scale))}:${Math.max(1, Math.round(height / scale))}`
}
