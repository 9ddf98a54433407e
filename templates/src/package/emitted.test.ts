import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { type ManifestScene, modificationsSchema } from '@flatrender/contracts/template'
import type { JsonObject } from '../../kit/property.ts'
import { templates } from '../templates.ts'
import { packagesFolder, readAnimations, readJson, readManifest } from './read-emitted.ts'

for (const { id } of templates) {
  const folder = join(packagesFolder, id)
  const manifest = readManifest(id)

  test(`${id}: every slot is bound in every format, and nothing else asks for a slot`, () => {
    for (const { scene, format, json } of readAnimations(id)) {
      const bound = new Set(listSids(json))
      const roles = Object.keys(manifest.palette.roles).map((role) => `palette.${role}`)
      for (const [slot, { type }] of Object.entries(scene.slots))
        if (type !== 'boolean' && type !== 'choice')
          assert.ok(bound.has(slot), `${scene.id} ${format}: ${slot}`)
      for (const sid of bound)
        for (const part of sid.split(','))
          assert.ok(part in scene.slots || roles.includes(part), `${scene.id} ${format}: ${part}`)
    }
  })

  test(`${id}: layers that booleans and choices name exist`, () => {
    for (const { scene, json } of readAnimations(id)) {
      const names = new Set((json.layers as readonly JsonObject[]).map(({ nm }) => nm))
      for (const path of layerPaths(scene)) assert.ok(names.has(path), `${scene.id}: ${path}`)
    }
  })

  test(`${id}: every file that it names is in it`, () => {
    const named = [
      ...(manifest.music ? [manifest.music.file] : []),
      ...manifest.scenes.flatMap(({ cues }) => cues.map(({ file }) => file)),
      ...manifest.fonts.map(({ file }) => file),
      ...Object.values(manifest.samples),
      ...readAnimations(id).flatMap(({ json }) => pictures(json)),
    ]
    for (const file of new Set(named)) assert.ok(existsSync(join(folder, file)), file)
  })

  test(`${id}: samples tell a story of its scenes, with media that are there`, () => {
    for (const path of Object.values(manifest.samples)) {
      const sample = modificationsSchema.parse(readJson(join(folder, path)))
      for (const { scene, modifications = {} } of sample.scenes ?? []) {
        const { slots } = manifest.scenes.find((one) => one.id === scene)!
        for (const [slot, value] of Object.entries(modifications)) {
          assert.ok(slot in slots, `${path}: ${scene}.${slot}`)
          if (typeof value === 'string' && value.startsWith('media/'))
            assert.ok(existsSync(join(folder, dirname(path), value)), `${path}: ${value}`)
        }
      }
    }
  })

  test(`${id}: presets, transitions and fonts fit together`, () => {
    const scenes = manifest.scenes.map((scene) => scene.id)
    for (const { story } of manifest.presets)
      for (const { scene } of story.scenes) assert.ok(scenes.includes(scene))
    assert.ok(manifest.transitions.some((one) => one.id === manifest.defaultTransition))
    const faces = new Set(manifest.fonts.map(({ family, style }) => `${family} ${style}`))
    for (const { json } of readAnimations(id))
      for (const face of fontFaces(json)) assert.ok(faces.has(face), face)
    assert.ok(Object.keys(manifest.palette.named).length >= 2)
  })
}

function listSids(json: unknown): string[] {
  if (typeof json !== 'object' || json === null) return []
  const { sid, slots: _, ...rest } = json as JsonObject
  return [...(typeof sid === 'string' ? [sid] : []), ...Object.values(rest).flatMap(listSids)]
}

function layerPaths({ slots }: ManifestScene): string[] {
  return Object.values(slots).flatMap((slot) => {
    if (slot.type === 'boolean') return slot.layers
    if (slot.type === 'choice') return Object.values(slot.options).flatMap(({ layers }) => layers)
    return []
  })
}

function pictures({ assets }: JsonObject): string[] {
  return (assets as readonly { u?: string; p?: string }[]).flatMap(({ u = '', p }) =>
    p === undefined ? [] : [u + p],
  )
}

function fontFaces({ fonts }: JsonObject): string[] {
  const { list } = fonts as unknown as { list: readonly { fFamily: string; fStyle: string }[] }
  return list.map(({ fFamily, fStyle }) => `${fFamily} ${fStyle}`)
}
