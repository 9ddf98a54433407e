import assert from 'node:assert/strict'
import { test } from 'node:test'
import { composition } from './composition.ts'
import { formats, span } from './format.ts'
import { nullLayer, shapeLayer } from './layers.ts'
import { fill } from './paint.ts'
import { definePalette } from './palette.ts'
import { rectangle } from './shape.ts'
import { textLayer } from './text-layer.ts'
import { writeAnimation } from './write-animation.ts'
import { writeLayers } from './write-layers.ts'

const palette = definePalette({ ink: { name: { en: 'Ink' }, default: '#102030' } }, {})
const box = { x: 0, y: 0, width: 200, height: 100 }

test('layers are written front to back, each matte right before what it cuts, parents by number', () => {
  const rig = nullLayer('Rig')
  const matte = shapeLayer('Matte', [rectangle(box)])
  const cut = shapeLayer('Cut', [rectangle(box)], { parent: rig, matte: { layer: matte, mode: 'alpha' } })
  const layers = writeLayers(composition('scene', 200, 100, [rig, cut, shapeLayer('Front', [])]), 30)
  assert.deepEqual(
    layers.map(({ nm }) => nm),
    ['Front', 'Matte', 'Cut', 'Rig'],
  )
  assert.equal(layers[1]!.td, 1)
  assert.deepEqual([layers[2]!.tt, layers[2]!.tp, layers[2]!.parent], [1, 2, 4])
})

test('two layers of one name, or a parent elsewhere, are refused', () => {
  assert.throws(
    () => writeLayers(composition('a', 1, 1, [nullLayer('One'), nullLayer('One')]), 1),
    /called One/,
  )
  assert.throws(
    () => writeLayers(composition('a', 1, 1, [nullLayer('One', { parent: nullLayer('Far') })]), 1),
    /Far/,
  )
})

test('slots hold what the animation itself holds', () => {
  const style = { face: { name: 'Face-Bold', family: 'Face', style: 'Bold' }, size: 40 }
  const words = textLayer('Title', 'Hello', box, style, palette.color('ink'), { slot: 'title' })
  const shape = shapeLayer('Card', [rectangle(box), fill(palette.color('ink'))])
  const scene = composition('scene', 200, 100, [shape, words])
  const { slots } = writeAnimation(scene, { frames: 30, fps: 30, stretch: [] })
  assert.deepEqual(Object.keys(slots as object), ['palette.ink', 'title'])
  assert.deepEqual((slots as { 'palette.ink': unknown })['palette.ink'], {
    p: { a: 0, k: [0.0627, 0.1255, 0.1882, 1] },
  })
})

test('twelve columns fill the safe area', () => {
  for (const format of formats) {
    const whole = span(format, 0, 12)
    assert.ok(Math.abs(whole.width - format.safe.width) < 1e-6)
    const last = span(format, 11, 1)
    assert.ok(Math.abs(last.x + last.width - (format.safe.x + format.safe.width)) < 1e-6)
  }
})
