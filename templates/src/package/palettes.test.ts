import assert from 'node:assert/strict'
import { test } from 'node:test'
import { measureContrast } from '../../kit/contrast.ts'
import { templates } from '../templates.ts'
import { readManifest } from './read-emitted.ts'

/** Words on their grounds, and the least contrast: 4.5 for running words, 3 for large ones and marks (WCAG AA). */
const pairs: readonly (readonly [string, string, number])[] = [
  ['text', 'background', 4.5],
  ['text', 'surface', 4.5],
  ['text', 'glow', 4.5],
  ['onPrimary', 'primary', 4.5],
  ['onAccent', 'accent', 4.5],
  ['primary', 'background', 3],
]

for (const { id } of templates) {
  test(`${id}: words can be read in every palette`, () => {
    const { roles, named } = readManifest(id).palette
    const defaults = Object.fromEntries(
      Object.entries(roles).map(([role, { default: color }]) => [role, color]),
    )
    for (const [name, colors] of [
      ['default', {}],
      ...Object.entries(named).map(([key, { colors }]) => [key, colors]),
    ] as [string, Record<string, string>][]) {
      const palette: Record<string, string> = { ...defaults, ...colors }
      for (const [ink, ground, least] of pairs) {
        const [one, other] = [palette[ink], palette[ground]]
        if (one === undefined || other === undefined) continue
        const contrast = measureContrast(one, other)
        assert.ok(contrast >= least, `${name}: ${ink} on ${ground} is ${contrast.toFixed(2)}`)
      }
    }
  })
}
