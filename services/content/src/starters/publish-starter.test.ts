import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, test } from 'node:test'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { sql } from 'kysely'
import { asSystem, callOf, openTestbed, STARTERS, type Testbed } from '../testbed/open-testbed.ts'
import type { PublishedStarter } from './publish-starter.ts'
import { type CopiedStarter, copyStarter } from './testbed/copy-starter.ts'

let testbed: Testbed
let starter: CopiedStarter
beforeEach(async () => {
  testbed = await openTestbed()
  starter = await copyStarter()
})
afterEach(async () => {
  await starter?.remove()
  await testbed?.close()
})

/** Publishes in a process of its own; gives what it says, or undefined where it was killed. */
async function publishApart(folder: string, ...more: string[]): Promise<PublishedStarter[] | undefined> {
  const file = path.join(import.meta.dirname, 'testbed/publish-process.ts')
  const key = testbed.secretKeys.present.toString('base64')
  const child = spawn(process.execPath, [file, testbed.url, testbed.home, key, folder, ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said, [code, signal]] = await Promise.all([text(child.stdout), once(child, 'close')])
  if (signal === 'SIGKILL') return undefined
  assert.equal(code, 0)
  return JSON.parse(said)
}

const versions = () =>
  testbed.ask(sql<{ version: string; state: string; package_key: string }>`select version, state, package_key
    from content.template_versions order by id`)
const publish = async () => (await testbed.publishStarters(starter.folder))[0]
const show = () => testbed.client.templates.show({ id: 'kinetic-quote' }, { context: callOf() })
const countEvents = async () =>
  (await testbed.ask(sql`select id from platform.events where type = 'content.template.published'`)).length

test('a changed package becomes a new version, and the old one stays as it was', async () => {
  await publish()
  const before = await show()
  await starter.change({ version: '1.1.0', name: { en: 'Moving words' }, languages: ['en'] })
  assert.deepEqual(await publish(), { key: 'kinetic-quote', fresh: true })
  const now = await show()
  assert.deepEqual([now.id, now.publishedAt], [before.id, before.publishedAt])
  assert.deepEqual([now.version, now.name, now.languages], ['1.1.0', { en: 'Moving words' }, ['en']])
  const old = await testbed.client.versions.show({ id: before.versionId }, { context: callOf() })
  assert.deepEqual(old.manifest.name, before.name)
  const { versions: listed } = await testbed.client.templates.listVersions(
    { id: now.id },
    { context: callOf() },
  )
  assert.deepEqual(
    listed.map(({ version }) => version),
    ['1.1.0', '1.0.0'],
  )
  for (const { id } of listed)
    await testbed.client.versions.packageOf({ versionId: id }, { context: asSystem(callOf()) })
})

test('two packages of one version are told apart by their hash', async () => {
  await publish()
  await starter.change({ licence: 'CC0-1.0' })
  await publish()
  const { version } = await show()
  assert.match(version, /^1\.0\.0-[0-9a-f]{8}$/)
  assert.equal((await versions()).length, 2)
})

test('a template that was archived, or is somebody’s own by that name, is left alone', async () => {
  await publish()
  await testbed.ask(sql`update content.templates set state = 'archived'`)
  await starter.change({ version: '1.1.0' })
  assert.deepEqual(await publish(), { key: 'kinetic-quote', fresh: false })
  await testbed.ask(sql`update content.templates set state = 'published', owner_id = gen_random_uuid()`)
  assert.deepEqual(await publish(), { key: 'kinetic-quote', fresh: false })
  assert.equal((await versions()).length, 1)
})

test('processes that start at once publish everything once', async () => {
  const said = await Promise.all(Array.from({ length: 3 }, () => publishApart(STARTERS)))
  const fresh = said.flatMap((starters) => starters!.filter((one) => one.fresh).map(({ key }) => key))
  assert.deepEqual(fresh.toSorted(), ['kinetic-quote', 'logo-reveal', 'product-promo', 'story-slides'])
  assert.equal((await versions()).length, 4)
  assert.equal(await countEvents(), 4)
  assert.equal((await testbed.keys()).length, 4)
})

test('who is killed between the stored file and its row leaves a file that a row knows; the next goes on', async () => {
  assert.equal(await publishApart(starter.folder, 'kill'), undefined)
  const left = await versions()
  assert.deepEqual(
    left.map(({ state, package_key }) => [state, package_key]),
    [['draft', (await testbed.keys())[0]]],
  )
  const { templates } = await testbed.client.templates.list({}, { context: callOf() })
  assert.deepEqual([templates, await countEvents()], [[], 0])
  assert.deepEqual(await publish(), { key: 'kinetic-quote', fresh: true })
  assert.equal((await versions()).length, 1)
  assert.equal(await countEvents(), 1)
  const { versionId } = await show()
  await testbed.client.versions.packageOf({ versionId }, { context: asSystem(callOf()) })
})

test('a draft whose package was changed since goes with its file, and nobody’s own does', async () => {
  assert.equal(await publishApart(starter.folder, 'kill'), undefined)
  await starter.change({ version: '1.1.0' })
  const own = sql`insert into content.templates (tenant_id, slug, name, owner_id)
    values (${DEFAULT_TENANT_ID}, 'own', '{"en": "Own"}', gen_random_uuid()) returning id`
  await testbed.ask(own)
  await testbed.ask(sql`insert into content.template_versions (tenant_id, template_id, version, created_at,
      package_hash, package_sha256, package_key, package_bytes, manifest, fps, engine_minimum)
    select tenant_id, (select id from content.templates where slug = 'own'), version, now() - interval '2 hours',
      package_hash, package_sha256, 'own', package_bytes, manifest, fps, engine_minimum from content.template_versions`)
  await testbed.deps.storage.put('own', Buffer.from('own'))
  await publish()
  // Somebody may be publishing it at this moment.
  assert.equal((await versions()).length, 3)
  await testbed.ask(sql`update content.template_versions set created_at = now() - interval '2 hours'`)
  await publish()
  const left = await versions()
  assert.deepEqual(left.map(({ version, state }) => `${version} ${state}`).toSorted(), [
    '1.0.0 draft',
    '1.1.0 published',
  ])
  assert.deepEqual(await testbed.keys(), left.map(({ package_key }) => package_key).toSorted())
})
