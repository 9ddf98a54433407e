import type { Manifest, ManifestScene } from '@flatrender/contracts/template'
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
  for (const [slot, { type, ...rest }] of Object.entries(scene.slots)) {
    if (type !== 'boolean' && type !== 'choice') {
      if (!bound.has(slot))
        findings.push(createFinding('SLOT_UNBOUND', 'error', { slot, scene: scene.id, file }))
      continue
    }
    for (const path of layerPaths(rest)) {
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

function layerPaths(slot: { layers?: unknown; options?: unknown }): string[] {
  if (Array.isArray(slot.layers)) return slot.layers as string[]
  return Object.values((slot.options ?? {}) as Record<string, { layers: string[] }>).flatMap(
    ({ layers }) => layers,
  )
}
