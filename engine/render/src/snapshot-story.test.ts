import assert from 'node:assert/strict'
import { copyFile, mkdtemp, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { snapshotStory } from './snapshot-story.ts'
import { loadTemplate } from './template/load-template.ts'
import { openWorkspace } from './workspace/workspace.ts'

const templates = path.join(import.meta.dirname, '../../../templates')
const folder = await mkdtemp(path.join(tmpdir(), 'flatrender-snapshot-'))
after(() => rm(folder, { recursive: true, force: true }))

test('a still is answered from the workspace until its template, words, moment or pictures change', async () => {
  const workspace = await openWorkspace(path.join(folder, 'home'))
  const template = await loadTemplate(path.join(templates, 'product-promo'))
  const media = path.join(templates, 'product-promo/data/media')
  await copyFile(path.join(media, 'bedside.jpg'), path.join(folder, 'picture.jpg'))
  const take = async (title: string, seconds = 2.5, width = 160) => {
    const modifications = { scenes: [{ scene: 'feature', modifications: { title, picture: 'picture.jpg' } }] }
    const request = { template, modifications, mediaFolder: folder }
    return snapshotStory(request, seconds, { format: 'png', width, background: null }, workspace)
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
  await copyFile(path.join(media, 'evening-desk.jpg'), path.join(folder, 'picture.jpg'))
  const changed = await take('One')
  assert.equal(changed.cached, false)
  assert.ok(!changed.data.equals(first.data))
  // The same picture under a new date is looked at again, and found.
  await utimes(path.join(folder, 'picture.jpg'), new Date(), new Date(0))
  assert.ok((await take('One')).data.equals(changed.data))
})
