import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPainter } from '@flatrender/engine-media'
import { compileStory, readModifications, resolveStory } from '@flatrender/engine-scene'
import { boxLayer, makeTemplate } from '../testbed/test-template.ts'

const WIDTH = 160
const HEIGHT = 90
const FRAMES = 30
const scene = (id: string, color: number[]) => ({
  id,
  frames: 60,
  layers: [boxLayer(id, WIDTH, HEIGHT, 60, { color })],
})
const red = scene('red', [1, 0, 0, 1])
const blue = scene('blue', [0, 0, 1, 1])

/** How much of the stage is the coming scene's blue, at each frame from the last before to the first after. */
function paintShares(type: string, direction: string): number[] {
  const template = makeTemplate([red, blue], {
    transitions: [{ id: 'into', type, seconds: FRAMES / 30, direction }],
    defaultTransition: 'into',
  })
  const { story } = resolveStory(template.manifest, readModifications(template.manifest, {}))
  const { pieces } = compileStory({
    template,
    story: story!,
    format: '16:9',
    fps: { num: 30, den: 1 },
    media: new Map(),
    text: { fonts: [], fallbacks: [] },
  })
  assert.deepEqual(
    pieces.map(({ piece }) => [piece.kind, piece.frames]),
    [
      ['scene', 31],
      ['transition', 29],
      ['scene', 31],
    ],
  )
  return pieces.flatMap(({ lottie, from, to, step, piece }, index) => {
    const painter = openPainter({
      lottie: JSON.stringify(lottie),
      width: WIDTH,
      height: HEIGHT,
      background: '#000000',
      resourcePath: '.',
    })
    const wanted =
      piece.kind === 'transition'
        ? Array.from({ length: to }, (_, frame) => frame)
        : [index === 0 ? to - 1 : from]
    return wanted.map((frame) => {
      const pixels = painter.paint(frame * step)
      // Where a scene that is smaller than the stage ends, its own layers shine through each other.
      let [sum, black] = [0, 0]
      for (let at = 0; at < pixels.length; at += 4) {
        sum += pixels[at + 2]! / 255
        if (pixels[at]! + pixels[at + 2]! < 250) black++
      }
      assert.ok(
        black <= 2 * (WIDTH + HEIGHT),
        `${type} ${direction} ${piece.kind} ${frame}: ${black} pixels show neither scene`,
      )
      return sum / (WIDTH * HEIGHT)
    })
  })
}

for (const type of ['crossfade', 'slide', 'push', 'wipe', 'zoom']) {
  test(`${type}: the coming scene takes the stage frame by frame, whatever the direction`, () => {
    for (const direction of ['left', 'right', 'up', 'down']) {
      const shares = paintShares(type, direction)
      const told = `${direction}: ${shares.map((share) => share.toFixed(3)).join(' ')}`
      assert.deepEqual([shares[0], shares.at(-1)], [0, 1], told)
      assert.ok(shares[1]! < 0.1 && shares[3]! > 0 && shares.at(-2)! > 0.9, told)
      for (let index = 1; index < shares.length; index++)
        assert.ok(shares[index]! >= shares[index - 1]! - 0.002, told)
    }
  })
}
