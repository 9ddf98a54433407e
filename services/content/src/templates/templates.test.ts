import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { sql } from 'kysely'
import { callOf, isCode, openTestbed, STARTERS, type Testbed } from '../testbed/open-testbed.ts'

const SHOP = '00000000-0000-7000-8000-0000000000a1'
const CLIENT = '00000000-0000-7000-8000-0000000000a2'
const OTHER = '00000000-0000-7000-8000-0000000000b1'
const [PRIVATE, DRAFT] = ['00000000-0000-7000-8000-0000000000c1', '00000000-0000-7000-8000-0000000000c2']
const [PRIVATE_VERSION, DRAFT_VERSION] = [
  '00000000-0000-7000-8000-0000000000d1',
  '00000000-0000-7000-8000-0000000000d2',
]
const shop = callOf(SHOP, [DEFAULT_TENANT_ID])
const client = callOf(CLIENT, [SHOP, DEFAULT_TENANT_ID])
const other = callOf(OTHER, [DEFAULT_TENANT_ID])

let testbed: Testbed
before(async () => {
  testbed = await openTestbed()
  await testbed.publishStarters(STARTERS)
  // The shop's own: a published one that it keeps to itself, of a starter's name, with a draft of a next version.
  await testbed.ask(sql`insert into content.templates (tenant_id, id, slug, name, formats, languages)
    values (${SHOP}, ${PRIVATE}, 'logo-reveal', '{"en": "100% ours", "fa": "مال ما"}', '{4:5}', '{fa-IR}'),
      (${SHOP}, ${DRAFT}, 'unfinished', '{"en": "Unfinished"}', '{4:5}', '{en}')`)
  const version = (id: string, template: string, state: string) =>
    testbed.ask(sql`insert into content.template_versions (tenant_id, id, template_id, version, state, published_at,
        package_hash, package_sha256, package_key, package_bytes, manifest, fps, engine_minimum)
      select ${SHOP}, ${id}, ${template}, '1.0.' || ${state === 'draft' ? 1 : 0}, ${state},
        ${state === 'draft' ? null : sql`now()`}, sha256(${id}::bytea), package_sha256, package_key, package_bytes, manifest,
        fps, engine_minimum from content.template_versions where tenant_id = ${DEFAULT_TENANT_ID} limit 1`)
  await version(PRIVATE_VERSION, PRIVATE, 'published')
  await version(DRAFT_VERSION, PRIVATE, 'draft')
  await testbed.ask(sql`update content.templates set state = 'published', published_at = now(),
    current_version_id = ${PRIVATE_VERSION} where id = ${PRIVATE}`)
})
after(() => testbed?.close())

type Input = Parameters<Testbed['client']['templates']['list']>[0]
const list = async (call = callOf(), input: Input = {}) => {
  const { templates } = await testbed.client.templates.list(input, { context: call })
  return templates.map(({ key }) => key).toSorted()
}
const show = (id: string, call = callOf()) => testbed.client.templates.show({ id }, { context: call })
const starters = ['kinetic-quote', 'logo-reveal', 'product-promo', 'story-slides']

test('every tenant sees what the default one shares; its own are its own', async () => {
  for (const call of [callOf(), client, other]) assert.deepEqual(await list(call), starters)
  assert.deepEqual(await list(shop), ['kinetic-quote', 'logo-reveal', ...starters.slice(1)])
  const { templates } = await testbed.client.templates.list({}, { context: shop })
  assert.deepEqual(
    templates.filter(({ own }) => own).map(({ id }) => id),
    [PRIVATE],
  )
})

test('what isn’t shared is nobody else’s, by id, by key or by version', async () => {
  for (const call of [callOf(), client, other]) {
    const context = { context: call }
    await assert.rejects(show(PRIVATE, call), isCode('TEMPLATE_UNKNOWN'))
    assert.equal((await show('logo-reveal', call)).own, call.actor.tenantId === DEFAULT_TENANT_ID)
    await assert.rejects(
      testbed.client.templates.listVersions({ id: PRIVATE }, context),
      isCode('TEMPLATE_UNKNOWN'),
    )
    for (const ask of [testbed.client.versions.show, testbed.client.versions.package])
      await assert.rejects(ask({ id: PRIVATE_VERSION }, context), isCode('VERSION_UNKNOWN'))
  }
})

test('of two templates with one key the nearest is meant', async () => {
  assert.equal((await show('logo-reveal', shop)).id, PRIVATE)
  assert.notEqual((await show('LOGO-reveal', client)).id, PRIVATE)
})

test('drafts are shown to nobody, not to their own tenant either', async () => {
  await assert.rejects(show(DRAFT, shop), isCode('TEMPLATE_UNKNOWN'))
  const { versions } = await testbed.client.templates.listVersions({ id: PRIVATE }, { context: shop })
  assert.deepEqual(
    versions.map(({ id }) => id),
    [PRIVATE_VERSION],
  )
  await assert.rejects(
    testbed.client.versions.show({ id: DRAFT_VERSION }, { context: shop }),
    isCode('VERSION_UNKNOWN'),
  )
})

test('templates are found by a part of their name in any language, by format and by language', async () => {
  assert.deepEqual(await list(shop, { query: 'STORY' }), ['story-slides'])
  assert.deepEqual(await list(shop, { query: 'استوری' }), ['story-slides'])
  // Signs of patterns are letters like others.
  assert.deepEqual(await list(shop, { query: '100%' }), ['logo-reveal'])
  for (const query of ['_tory', '%', '\\']) assert.deepEqual(await list(callOf(), { query }), [], query)
  assert.deepEqual(await list(shop, { format: '4:5' }), ['logo-reveal'])
  assert.equal((await list(shop, { format: '9:16' })).length, 4)
  assert.deepEqual(await list(shop, { language: 'fa-ir' }), ['logo-reveal'])
  assert.equal((await list(shop, { language: 'fa' })).length, 4)
  assert.deepEqual(await list(shop, { language: "fa'}" }), [])
})

test('pages hold every template once, the newest first', async () => {
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await testbed.client.templates.list({ limit: 2, cursor }, { context: shop })
    assert.ok(page.templates.length <= 2)
    seen.push(...page.templates.map(({ id }) => id))
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  const { templates } = await testbed.client.templates.list({}, { context: shop })
  assert.deepEqual(
    seen,
    templates.map(({ id }) => id),
  )
  const times = templates.map(({ publishedAt }) => publishedAt)
  assert.deepEqual(times, times.toSorted().toReversed())
})

test('a visitor and whoever lacks the permission are refused', async () => {
  const without = { ...callOf().actor, permissions: ['self:read'] }
  await assert.rejects(list({ ...callOf(), actor: without }), isCode('ACCESS_FORBIDDEN'))
  const visitor = { ...callOf().actor, kind: 'visitor' as const, id: null, permissions: [] }
  await assert.rejects(list({ ...callOf(), actor: visitor }), isCode('ACCESS_UNPROVEN'))
})
