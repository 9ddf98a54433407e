import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { encodeFrameImage } from '@flatrender/engine-media'
import { openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import {
  boxLayer,
  cardScene,
  GREY_PIXEL,
  makeTemplate,
  mediaScene,
  type TestScene,
  textLayer,
} from '../testbed/test-template.ts'
import type { WorkerPool } from '../worker/worker-pool.ts'

let bed: Testbed
let pool: WorkerPool
before(async () => {
  bed = await openTestbed()
  pool = bed.openPool()
  await writeFile(bed.file('grey.png'), GREY_PIXEL)
  await writeFile(bed.file('nothing.png'), encodeFrameImage(Buffer.alloc(40 * 30 * 4), 40, 30).data)
})
after(() => bed.close())

const stripes = Array.from({ length: 8 }, (_, index) =>
  boxLayer(`stripe ${index}`, 20, 90, 30, { x: 10 + 20 * index, color: [index / 8, 1 - index / 8, 0.5, 1] }),
)
/** Fills the layer with nothing: its box says that it is there. */
const faded = {
  ty: 21,
  mn: 'ADBE Fill',
  nm: 'Fill',
  ef: [0, 0, [1, 0, 0, 1], 0, 0, 0, 0].map((k) => ({ ty: 0, v: { a: 0, k } })),
}
const overStripes = (text: object): TestScene => ({
  id: 'words',
  frames: 30,
  layers: [{ ...textLayer('title', 30), ...text }, ...stripes],
  slots: { title: { type: 'text' } },
})

const render = (scenes: readonly TestScene[], values: readonly object[], duration?: number) => {
  const story = scenes.map(({ id }, index) => ({
    scene: id,
    modifications: values[index],
    ...(duration && { duration }),
  }))
  return bed.render(makeTemplate(scenes), 'out.mp4', { modifications: { scenes: story }, pool })
}

const words = (layers: readonly Record<string, unknown>[]): TestScene => ({
  id: 'words',
  frames: 30,
  layers: [...layers, textLayer('title', 30)],
  slots: { title: { type: 'text' } },
})

const fine: readonly (readonly [what: string, scene: TestScene, title: string])[] = [
  ['plain words', words([]), 'Hello'],
  ['a full stop', words([]), '.'],
  ['words over stripes', overStripes({}), 'Hello'],
  ['no words', words([]), ''],
  ['spaces alone', words([]), ' \u00a0\u3000 '],
  ['words behind a picture that fills the frame', words([boxLayer('cover', 160, 90, 30, {})]), 'Hidden'],
  [
    'words of the ground’s own colour',
    words([boxLayer('white', 160, 90, 30, { color: [1, 1, 1, 1] })]),
    'White',
  ],
]
for (const [what, scene, title] of fine) {
  test(`${what} may be rendered`, async () => {
    assert.equal((await render([scene], [{ title }])).frames, 30)
  })
}

test('a picture is seen, of one colour or behind something', async () => {
  const scene = mediaScene('shot', 30)
  await render([scene], [{ clip: 'grey.png' }])
  await render(
    [{ ...scene, layers: [boxLayer('cover', 160, 90, 30, {}), ...scene.layers] }],
    [{ clip: 'grey.png' }],
  )
})

for (const duration of [undefined, 7]) {
  test(`a picture of which nothing shows${duration ? ', in a scene that is held,' : ''} fails every time, by scene, slot and frame`, async () => {
    const scenes = [cardScene('card', 30), mediaScene('shot', 30)]
    for (const _ of [1, 2]) {
      const failure = await render(scenes, [{ title: 'Hello' }, { clip: 'nothing.png' }], duration).then(
        () => undefined,
        (error: unknown) => error,
      )
      assert.ok(isFlatRenderError(failure, 'SLOT_PAINTED_NOTHING'), String(failure))
      const { scene, slot, frame } = failure.data as { scene: string; slot: string; frame: number }
      assert.deepEqual([scene, slot], ['shot', 'clip'])
      const first = (duration ?? 1) * 30
      assert.ok(frame >= first && frame < 2 * first, `frame ${frame} of the timeline`)
    }
  })
}

test('words that leave nothing over a picture full of colours are missed', async () => {
  await assert.rejects(render([overStripes({ ef: [faded] })], [{ title: 'Hello' }]), (error) =>
    isFlatRenderError(error, 'SLOT_PAINTED_NOTHING'),
  )
})

test('a picture of which nothing shows is missed in a transition alone, by its own scene', async () => {
  const renderFade = (clip: string) => {
    const scenes = [
      { scene: 'card', transition: 'fade', modifications: { title: 'Hello' } },
      { scene: 'shot', modifications: { clip } },
    ]
    return bed.render(makeTemplate([cardScene('card', 30), mediaScene('shot', 30)]), 'out.mp4', {
      modifications: { scenes },
      pool,
      range: [0.6, 1],
    })
  }
  assert.equal((await renderFade('grey.png')).frames, 12)
  await assert.rejects(
    renderFade('nothing.png'),
    (error) =>
      isFlatRenderError(error, 'SLOT_PAINTED_NOTHING') &&
      error.data.scene === 'shot' &&
      error.data.slot === 'clip',
  )
})
