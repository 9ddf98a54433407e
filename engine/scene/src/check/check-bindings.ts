import type { Manifest, ManifestScene, Slot } from '@flatrender/contracts/template'
import { findLayers } from '../compile/find-layers.ts'
import type { Lottie } from '../lottie/lottie-json.ts'
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

/** Every `sid` of the animation. */
export function findSlotIds(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return []
  const here = 'sid' in node && typeof node.sid === 'string' ? [node.sid] : []
  return [...here, ...Object.values(node).flatMap(findSlotIds)]
}

function layerPaths(slot: Extract<Slot, { type: 'boolean' | 'choice' }>): string[] {
  return slot.type === 'boolean' ? slot.layers : Object.values(slot.options).flatMap(({ layers }) => layers)
}
