import assert from 'node:assert/strict'
import { cp } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import type { RenderPlan } from '@flatrender/contracts/engine'
import { hashPlan, type TemplatePackage } from '@flatrender/engine-scene'
import { writeNumberedClip } from '../testbed/numbered-clip.ts'
import { openTestbed, type Testbed, type TestRender } from '../testbed/open-testbed.ts'
import { cardScene, makeTemplate, mediaScene } from '../testbed/test-template.ts'

let bed: Testbed
before(async () => {
  bed = await openTestbed()
  await writeNumberedClip({ file: bed.file('clip.mov'), frames: 30 })
})
after(() => bed.close())

const template = makeTemplate([
  cardScene('one', 120),
  cardScene('two', 120),
  cardScene('three', 120),
  mediaScene('shot'),
])

function story(titles: readonly string[], more: object = {}): object {
  const scenes = ['one', 'two', 'three'].map((scene, index) => ({
    scene,
    transition: 'fade',
    modifications: { title: titles[index] ?? 'Words' },
  }))
  return { scenes, ...more }
}

async function plan(modifications: unknown, wanted: TestRender & { name?: string } = {}, of = template) {
  const { plan } = await bed.prepare(of, wanted.name ?? 'a.mp4', { ...wanted, modifications })
  return plan
}

const keysOf = ({ segments }: RenderPlan) => segments.map(({ key }) => key)

test('the same request gives the same plan, frozen all the way down', async () => {
  const [first, second] = [await plan(story(['A'])), await plan(story(['A']))]
  assert.equal(hashPlan(first), hashPlan(second))
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    assert.ok(Object.isFrozen(value))
    Object.values(value).forEach(visit)
  }
  visit(first)
})

test('another text changes its scene and the two transitions that show it, nothing else', async () => {
  const before = await plan(story(['A', 'B', 'C']))
  const after = await plan(story(['A', 'Other', 'C']))
  const changed = after.segments.filter(({ key }, index) => key !== before.segments[index]?.key)
  const names = changed.map(({ piece }) => after.pieces[piece]?.name)
  assert.deepEqual([...new Set(names)], ['one → two', 'two', 'two → three'])
  assert.equal(
    after.segments.filter(({ piece }) => names.includes(after.pieces[piece]?.name)).length,
    changed.length,
  )
})

test('everything that can change a bit changes the keys', async () => {
  const base = new Set(keysOf(await plan(story(['A']))))
  const changes: Record<string, RenderPlan> = {
    palette: await plan(story(['A'], { palette: { colors: { ground: '#ff0000' } } })),
    size: await plan(story(['A']), { choice: { resolution: '320x180' } }),
    fps: await plan(story(['A']), { choice: { fps: 25 } }),
    quality: await plan(story(['A']), { choice: { quality: 'high' } }),
    codec: await plan(story(['A']), { choice: { codec: 'h265' } }),
    background: await plan(story(['A']), { name: 'a.webm', choice: { transparent: true } }),
  }
  for (const [what, { segments }] of Object.entries(changes))
    assert.ok(
      segments.every(({ key }) => !base.has(key)),
      what,
    )
})

test('a file of another content changes the keys, another name for it does not', async () => {
  const shot = (clip: string) => plan({ scenes: [{ scene: 'shot', modifications: { clip } }] })
  const first = await shot('clip.mov')
  await cp(bed.file('clip.mov'), bed.file('same.mov'))
  assert.deepEqual(keysOf(await shot('same.mov')), keysOf(first))
  await writeNumberedClip({ file: bed.file('other.mov'), frames: 31 })
  assert.notDeepEqual(keysOf(await shot('other.mov')), keysOf(first))
})

test('what changes no bit changes no key: container of the same codec, sound, names, another template’s id', async () => {
  const base = keysOf(await plan(story(['A'])))
  const renamed = makeTemplate([cardScene('one', 120), cardScene('two', 120), cardScene('three', 120)], {
    id: 'other',
  })
  assert.deepEqual(keysOf(await plan(story(['A']), { name: 'a.mov', choice: { codec: 'h264' } })), base)
  assert.deepEqual(keysOf(await plan(story(['A']), {}, renamed as TemplatePackage)), base)
})

test('a range that begins on the grid shares its whole segments with the whole video', async () => {
  const modifications = { scenes: [{ scene: 'one', duration: 12, modifications: { title: 'A' } }] }
  const whole = new Set(keysOf(await plan(modifications)))
  const part = keysOf(await plan(modifications, { range: [3, 10] }))
  assert.deepEqual(
    part.map((key) => whole.has(key)),
    [true, true, false],
  )
})

test('the segments of a plan follow each other on the timeline', async () => {
  const { segments, frames } = await plan(story(['A']))
  let next = 0
  for (const { start, from, to } of segments) {
    assert.equal(start, next)
    next += to - from
  }
  assert.equal(next, frames)
})
