import type { Manifest, ManifestScene, Slot } from '@flatrender/contracts/template'
import { findLayers } from '../compile/find-layers.ts'
import { kindOfProperty, type PropertyKind } from '../compile/kind-of-property.ts'
import type { Lottie, Property } from '../lottie/lottie-json.ts'
import { createFinding, type Finding } from './finding.ts'

/** Slots that nothing in the animation carries, and ids in it that no slot declares. */
export function checkBindings(
  manifest: Manifest,
  scene: ManifestScene,
  lottie: Lottie,
  file: string,
): Finding[] {
  const bound = new Set(findSlotIds(lottie))
  const findings: Finding[] = []
  for (const [slot, definition] of Object.entries(scene.slots)) {
    if (definition.type !== 'boolean' && definition.type !== 'choice') {
      if (!bound.has(slot))
        findings.push(createFinding('SLOT_UNBOUND', 'error', { slot, scene: scene.id, file }))
      for (const found of boundKinds(lottie, slot)) {
        if (TAKES[definition.type].includes(found)) continue
        const data = { slot, scene: scene.id, declared: definition.type, found: WORDS[found], file }
        findings.push(createFinding('SLOT_KIND_WRONG', 'error', data))
      }
      continue
    }
    for (const path of layerPaths(definition)) {
      if (findLayers(lottie, path).length > 0) continue
      findings.push(createFinding('LAYER_PATH_UNKNOWN', 'error', { slot, scene: scene.id, path, file }))
    }
  }
  const roles = new Set(Object.keys(manifest.palette.roles).map((role) => `palette.${role}`))
  for (const sid of bound) {
    if (Object.hasOwn(scene.slots, sid) || sid.split(',').every((role) => roles.has(role.trim()))) continue
    findings.push(createFinding('SLOT_UNDECLARED', 'warning', { slot: sid, file }))
  }
  return findings
}

type Kind = PropertyKind | 'picture'

/** What a slot of a type can be bound to. */
const TAKES: Readonly<Record<'text' | 'image' | 'media' | 'color' | 'number', readonly Kind[]>> = {
  text: ['text'],
  image: ['picture'],
  media: ['picture'],
  color: ['color'],
  // Positions and scales near zero look like colours.
  number: ['number', 'vector', 'color'],
}

const WORDS: Readonly<Record<Kind, string>> = {
  text: 'words',
  picture: 'a picture',
  color: 'a colour',
  number: 'a number',
  vector: 'a vector',
  other: 'something that no slot changes',
}

/** The kinds of everything that carries the slot's id. */
function boundKinds(node: unknown, slot: string): Kind[] {
  if (typeof node !== 'object' || node === null) return []
  const inner = Object.values(node).flatMap((child) => boundKinds(child, slot))
  if (!('sid' in node) || node.sid !== slot) return inner
  return [...inner, 'k' in node ? kindOfProperty(node as Property) : 'picture']
}

/** Every `sid` of the animation. */
export function findSlotIds(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return []
  const here = 'sid' in node && typeof node.sid === 'string' ? [node.sid] : []
  return [...here, ...Object.values(node).flatMap(findSlotIds)]
}

function layerPaths(slot: Extract<Slot, { type: 'boolean' | 'choice' }>): string[] {
  return slot.type === 'boolean' ? slot.layers : Object.values(slot.options).flatMap(({ layers }) => layers)
}
