import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject, Property } from '../../kit/property.ts'
import { easingOf, sampleProperty, visitAnimated } from '../../kit/sample-property.ts'
import { templates } from '../templates.ts'
import { readAnimations } from './read-emitted.ts'

type Marker = { cm: string; tm: number; dr: number }

for (const { id } of templates) {
  test(`${id}: nothing moves linearly`, () => {
    for (const { scene, format, json } of readAnimations(id))
      visitAnimated(json, (property, path) => {
        for (const key of linearKeys(property)) assert.fail(`${scene.id} ${format} ${path} frame ${key}`)
      })
  })

  test(`${id}: loops close, and the snapshot lies where everything is in place`, () => {
    for (const { scene, format, json } of readAnimations(id)) {
      const loop = (json.markers as readonly Marker[]).find(({ cm }) => cm === 'flatrender:loop')!
      assert.ok(scene.snapshotFrame >= loop.tm && scene.snapshotFrame <= loop.tm + loop.dr, scene.id)
      visitAnimated(json, (property, path) => {
        const before = sampleProperty(property, loop.tm)
        const after = sampleProperty(property, loop.tm + loop.dr)
        const gap = Math.max(...before.map((value, part) => Math.abs(value - after[part]!)))
        assert.ok(gap < 0.3, `${scene.id} ${format} ${path}: ${before} is not ${after}`)
      })
    }
  })
}

function linearKeys({ k }: Property): number[] {
  const keys = k as unknown as readonly (JsonObject & { t: number; s: readonly number[]; h?: number })[]
  return keys.slice(0, -1).flatMap((key, index) => {
    const [x1, y1, x2, y2] = easingOf(key as Parameters<typeof easingOf>[0])
    const moves = key.s.some((value, part) => value !== keys[index + 1]!.s[part])
    return moves && key.h !== 1 && x1 === y1 && x2 === y2 ? [key.t] : []
  })
}
