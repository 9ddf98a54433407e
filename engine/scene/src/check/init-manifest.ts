import type { Manifest } from '@flatrender/contracts/template'
import { type Layer, type Lottie, layerTypes } from '../lottie/lottie-json.ts'
import { findSlotIds } from './check-bindings.ts'

type SceneDraft = Manifest['scenes'][number]

/** A manifest for a plain animation, and the animation with its texts and pictures bound to slots. */
export interface TemplateDraft {
  readonly manifest: Manifest
  readonly lottie: Lottie
  /** Path of the animation in the package. */
  readonly animation: string
}

/**
 * Makes a template of one scene from a Lottie file: what carries a slot id becomes a slot of its kind; text layers
 * and pictures without one are given one by their names.
 */
export function initManifest(source: Lottie, name: string): TemplateDraft {
  const lottie = structuredClone(source)
  const id = toId(name, 'template')
  const format = ratio(lottie.w, lottie.h)
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
    fps: Number.isInteger(lottie.fr) ? lottie.fr : `${Math.round(lottie.fr * 1001)}/1001`,
    formats: { [format]: { width: lottie.w, height: lottie.h } },
    palette: { roles: {}, named: {} },
    fonts: [],
    scenes: [scene],
    transitions: [],
    presets: [{ id: 'default', name: label, story: { scenes: [{ scene: 'main' }] } }],
    samples: {},
  }
  return { manifest, lottie, animation }
}

function findSlots(lottie: Lottie): SceneDraft['slots'] {
  const slots: SceneDraft['slots'] = {}
  const taken = new Set(findSlotIds(lottie))
  const nameSlot = (wanted: string, fallback: string): string => {
    const base = toId(wanted, fallback)
    let id = base
    for (let count = 2; taken.has(id); count++) id = `${base}${count}`
    taken.add(id)
    return id
  }
  for (const layer of textLayers(lottie)) {
    const text = layer.t!
    text.d.sid ??= nameSlot(layer.nm ?? '', 'text')
    slots[text.d.sid] = textSlot(layer)
  }
  for (const asset of lottie.assets ?? []) {
    if (asset.layers !== undefined || asset.p === undefined) continue
    asset.sid ??= nameSlot(asset.nm ?? asset.id, 'picture')
    slots[asset.sid] = { type: 'media', fit: 'cover', focal: { x: 0.5, y: 0.5 } }
  }
  for (const [id, kind] of findPropertySlots(lottie)) slots[id] ??= { type: kind }
  return slots
}

function textLayers(lottie: Lottie): Layer[] {
  const all = [...lottie.layers, ...(lottie.assets ?? []).flatMap(({ layers }) => layers ?? [])]
  return all.filter(({ ty, t }) => ty === layerTypes.text && t !== undefined)
}

/** Room for twice the words that stand there now. */
function textSlot(layer: Layer): SceneDraft['slots'][string] {
  const words = layer.t?.d.k[0]?.s.t ?? ''
  const lines = words.split(/\r|\n/).length
  return {
    type: 'text',
    minCharacters: 0,
    maxCharacters: Math.max(20, words.length * 2),
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
  const { k } = node
  const isColor = Array.isArray(k) && k.length >= 3 && k.every((part) => typeof part === 'number')
  if (isColor) return [...inner, [node.sid, 'color']]
  return typeof k === 'number' ? [...inner, [node.sid, 'number']] : inner
}

function toId(name: string, fallback: string): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? []
  const id = words.join('-').replace(/^[^a-z]+/, '')
  return id === '' ? fallback : id.slice(0, 60)
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
