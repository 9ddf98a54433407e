import assert from 'node:assert/strict'
import { copyFile, utimes } from 'node:fs/promises'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { snapshotStory } from './snapshot-story.ts'
import { loadTemplate } from './template/load-template.ts'
import { openTestbed, type Testbed } from './testbed/open-testbed.ts'
import type { WorkerPool } from './worker/worker-pool.ts'
import type { Workshop } from './workspace/workshop.ts'

const templates = path.join(import.meta.dirname, '../../../templates')
let bed: Testbed
let workshop: Workshop
before(async () => {
  bed = await openTestbed()
  workshop = { workspace: bed.workspace, pool: bed.openPool() }
})
after(() => bed.close())

test('a still is answered from the workspace until its template, words, moment or pictures change', async () => {
  const template = await loadTemplate(path.join(templates, 'product-promo'))
  const media = path.join(templates, 'product-promo/data/media')
  await copyFile(path.join(media, 'bedside.jpg'), bed.file('picture.jpg'))
  const take = async (title: string, seconds = 2.5, width = 160) => {
    const modifications = { scenes: [{ scene: 'feature', modifications: { title, picture: 'picture.jpg' } }] }
    const request = { template, modifications, mediaFolder: bed.folder }
    return snapshotStory(request, seconds, { format: 'png', width, background: null }, workshop)
  }
  const first = await take('One')
  assert.deepEqual([first.cached, first.width, first.height], [false, 160, 90])
  assert.deepEqual(
    first.texts.filter(({ slot }) => slot === 'title').map(({ scene, text, fits }) => [scene, text, fits]),
    [['feature', 'One', 'fits']],
  )
  const again = await take('One')
  assert.ok(again.cached)
  assert.deepEqual(again.texts, [])
  assert.ok(again.data.equals(first.data))
  assert.equal((await take('Two')).cached, false)
  assert.equal((await take('One', 2.6)).cached, false)
  assert.equal((await take('One', 2.5, 200)).cached, false)
  await copyFile(path.join(media, 'evening-desk.jpg'), bed.file('picture.jpg'))
  const changed = await take('One')
  assert.equal(changed.cached, false)
  assert.ok(!changed.data.equals(first.data))
  // The same picture under a new date is looked at again, and found.
  await utimes(bed.file('picture.jpg'), new Date(), new Date(0))
  assert.ok((await take('One')).data.equals(changed.data))
})

test('a still that shows a person’s video is painted by a worker', async () => {
  const template = await loadTemplate(path.join(templates, 'product-promo'))
  await copyFile(path.join(templates, 'product-promo/data/media/dusk.mp4'), bed.file('dusk.mp4'))
  const modifications = { scenes: [{ scene: 'video', modifications: { clip: 'dusk.mp4' } }] }
  const request = { template, modifications, mediaFolder: bed.folder }
  const kinds: string[] = []
  const run: WorkerPool['run'] = (order, hearing) => {
    kinds.push(order.kind)
    return workshop.pool.run(order, hearing)
  }
  const watched = { ...workshop, pool: { ...workshop.pool, run } }
  const still = await snapshotStory(request, 2, { format: 'png', width: 320, background: null }, watched)
  assert.deepEqual(kinds, ['probe', 'still'])
  assert.deepEqual([still.width, still.height], [320, 180])
})
