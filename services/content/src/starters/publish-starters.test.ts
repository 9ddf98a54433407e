import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { openTemplate, readArchive } from '@flatrender/engine-scene'
import { sql } from 'kysely'
import { asSystem, callOf, openTestbed, STARTERS, type Testbed } from '../testbed/open-testbed.ts'

let testbed: Testbed
before(async () => {
  testbed = await openTestbed()
})
after(() => testbed?.close())

const keys = ['kinetic-quote', 'logo-reveal', 'product-promo', 'story-slides']
const list = async () => (await testbed.client.templates.list({}, { context: callOf() })).templates
const events = () =>
  testbed.ask(sql<{ subject: string; data: { versionId: string } }>`select subject, data from platform.events
    where type = 'content.template.published' order by subject`)

test('a fresh installation publishes the four starters; the second time changes nothing', async () => {
  const first = await testbed.publishStarters(STARTERS)
  assert.deepEqual(
    first,
    keys.map((key) => ({ key, fresh: true })),
  )
  const before = [await list(), await testbed.keys(), await events()]
  assert.deepEqual(
    (await list()).map(({ key }) => key),
    keys.toReversed(),
  )
  assert.equal((await testbed.keys()).length, 4)
  assert.equal((await events()).length, 4)
  const second = await testbed.publishStarters(STARTERS)
  assert.ok(second.every(({ fresh }) => !fresh))
  assert.deepEqual([await list(), await testbed.keys(), await events()], before)
})

test('what is listed is what the manifests say', async () => {
  const promo = (await list()).find(({ key }) => key === 'product-promo')!
  assert.deepEqual(Object.keys(promo.name), ['en', 'fa'])
  assert.deepEqual(promo.formats, ['16:9', '9:16', '1:1'])
  assert.deepEqual(promo.languages, ['en', 'fa'])
  assert.equal(promo.version, '1.0.0')
  assert.ok(promo.seconds! > 10 && promo.seconds! < 60, String(promo.seconds))
  const version = await testbed.client.versions.show({ id: promo.versionId }, { context: callOf() })
  const { manifest, scenes } = version
  assert.equal(scenes.length, promo.scenes)
  assert.equal(scenes.flatMap(({ slots }) => slots).length, promo.slots)
  assert.deepEqual(
    scenes.map(({ key, slots }) => [key, slots.map((slot) => slot.key)]),
    manifest.scenes.map(({ id, slots }) => [id, Object.keys(slots)]),
  )
  for (const { seconds } of scenes) {
    assert.ok((seconds.min ?? 0) <= seconds.default && seconds.default <= (seconds.max ?? Infinity))
  }
  assert.ok(manifest.presets.length > 0 && Object.keys(manifest.palette.roles).length > 0)
})

test('the stored file is the package: its bytes, its SHA-256 and its content hash', async () => {
  for (const { versionId } of await list()) {
    const found = await testbed.client.versions.packageOf({ versionId }, { context: asSystem(callOf()) })
    const bytes = await buffer((await testbed.deps.storage.get(found.storageKey)).stream)
    assert.equal(bytes.length, found.bytes)
    assert.equal(createHash('sha256').update(bytes).digest('hex'), found.sha256)
    assert.equal(openTemplate(readArchive(bytes, 'stored'), 'stored').hash, found.contentHash)
  }
})

test('a stored file that is gone comes back with the next start', async () => {
  const [key = ''] = await testbed.keys()
  await testbed.deps.storage.delete(key)
  assert.ok((await testbed.publishStarters(STARTERS)).every(({ fresh }) => !fresh))
  assert.equal((await testbed.keys()).length, 4)
})
