import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Call } from '@flatrender/contracts/call'
import { sql } from 'kysely'
import {
  callAsSystem,
  enter,
  enterAsOwner,
  isCode,
  openTenant,
  openTestbed,
  type Testbed,
  visit,
} from '../testbed/open-testbed.ts'

let testbed: Testbed
let owner: Call
before(async () => {
  testbed = await openTestbed()
  owner = await enterAsOwner(testbed)
})
after(() => testbed?.close())

const said = { kind: 'oidc', name: 'Work', issuer: 'https://login.example.com', clientId: 'us' } as const
const create = (key: string, more = {}, call = owner) =>
  testbed.client.oauth.createProvider({ key, ...said, ...more }, { context: call })
const list = async (call = owner) =>
  (await testbed.client.oauth.listProviders({}, { context: call })).providers
const actsOn = (id: string, context: { context: Call }) => [
  () => create('acts', {}, context.context),
  () => testbed.client.oauth.changeProvider({ id, name: 'Other' }, context),
  () => testbed.client.oauth.removeProvider({ id }, context),
]

test('a provider is made, shown, changed and removed; its secret is sealed and never shown', async () => {
  const secret = 'a client secret of theirs'
  const made = await create('work', { clientSecret: secret })
  assert.deepEqual(made.scopes, ['openid', 'email', 'profile'])
  assert.equal(made.hasClientSecret, true)
  assert.deepEqual(await list(), [made])
  const context = { context: owner }
  const rotated = await testbed.client.oauth.changeProvider(
    { id: made.id, clientSecret: 'another of theirs', name: 'Office', trustsEmail: false },
    context,
  )
  assert.deepEqual({ ...made, name: 'Office', trustsEmail: false }, rotated)
  const without = await testbed.client.oauth.changeProvider({ id: made.id, clientSecret: null }, context)
  assert.equal(without.hasClientSecret, false)
  const kept = await testbed.ask(sql<{ text: string }>`
    select row::text as text from identity.oauth_providers as row
    union all select row::text from identity.audit_logs as row`)
  assert.ok(kept.every(({ text }) => !/of theirs/.test(text)))
  await testbed.client.oauth.removeProvider({ id: made.id }, context)
  assert.deepEqual(await list(), [])
  const acts = await testbed.ask(sql<{ action: string }>`select action from identity.audit_logs
    where subject = ${made.id} order by happened_at`)
  assert.deepEqual(
    acts.map(({ action }) => action),
    ['created', 'changed', 'changed', 'removed'].map((act) => `oauth.provider_${act}`),
  )
})

test('a key is one provider’s in a tenant, and tenants see their own alone', async () => {
  const { id } = await create('once')
  await assert.rejects(create('once'), isCode('OAUTH_PROVIDER_KEY_TAKEN'))
  const { call, tenant } = await openTenant(testbed, owner, 'reseller', 'nur')
  await create('once', {}, call)
  const gone = [
    testbed.client.oauth.changeProvider({ id, name: 'Mine' }, { context: call }),
    testbed.client.oauth.removeProvider({ id }, { context: call }),
  ]
  for (const act of gone) await assert.rejects(act, isCode('OAUTH_PROVIDER_UNKNOWN'))
  const choices = (tenantId?: string) =>
    testbed.client.oauth.listChoices({}, { context: visit(tenantId === undefined ? {} : { tenantId }) })
  const shown = { providers: [{ key: 'once', name: 'Work', kind: 'oidc' }] }
  assert.deepEqual(await choices(tenant.id), shown)
  assert.deepEqual(await choices(), shown)
  await testbed.client.oauth.changeProvider({ id, state: 'paused' }, { context: owner })
  assert.deepEqual(await choices(), { providers: [] })
})

test('asked again with its Idempotency-Key, a provider is made once', async () => {
  const call = { ...owner, idempotencyKey: 'again' }
  assert.deepEqual(await create('again', {}, call), await create('again', {}, call))
})

test('a provider says who somebody is: only a proven login of an owner makes one', async () => {
  const { id } = await create('guarded')
  const member = (await enter(testbed, 'member@example.com')).call
  for (const act of actsOn(id, { context: member })) await assert.rejects(act(), isCode('ACCESS_FORBIDDEN'))
  const some = { ...owner, actor: { ...owner.actor, permissions: ['tenants:write', 'users:write'] } }
  for (const act of actsOn(id, { context: some })) await assert.rejects(act(), isCode('ACCESS_FORBIDDEN'))
  const { key } = await testbed.client.keys.create(
    { name: 'key', scopes: ['tenants:write', 'users:write'] },
    { context: owner },
  )
  const found = await testbed.client.access.resolveKey({ key, address: null }, { context: callAsSystem() })
  const byKey = { context: { ...owner, actor: found!.actor } }
  for (const act of actsOn(id, byKey)) await assert.rejects(act(), isCode('ACCESS_FORBIDDEN'))
  await testbed.ask(sql`update identity.sessions set proven_at = now() - interval '16 minutes'
    where id = ${owner.actor.sessionId}`)
  for (const act of actsOn(id, { context: owner })) await assert.rejects(act(), isCode('STEP_UP_REQUIRED'))
  await testbed.ask(sql`update identity.sessions set proven_at = now() where id = ${owner.actor.sessionId}`)
})

test('what can’t be asked safely is refused when it is made', async () => {
  for (const issuer of [
    'http://login.example.com',
    'https://127.0.0.1',
    'https://localhost:4000',
    'https://10.1.2.3',
    'https://169.254.169.254/latest',
    'https://[::ffff:10.0.0.1]',
    'https://[fd00::1]',
    'https://[fec0::1]',
    'https://[64:ff9b::a00:1]',
    'https://[2002:a00:1::]',
    'https://user:word@login.example.com',
    'https://login.example.com/?a=b',
  ])
    await assert.rejects(create('closed', { issuer }), isCode('OAUTH_PROVIDER_INVALID'), issuer)
  await assert.rejects(create('closed', { issuer: undefined }), isCode('OAUTH_PROVIDER_INVALID'))
  await assert.rejects(create('closed', { scopes: ['email'] }), isCode('OAUTH_PROVIDER_INVALID'))
  const github = { kind: 'github', issuer: undefined }
  await assert.rejects(create('closed', github), isCode('OAUTH_PROVIDER_INVALID'))
  const made = await create('github', { ...github, clientSecret: 'theirs' })
  assert.deepEqual([made.issuer, made.scopes], ['https://github.com', ['read:user', 'user:email']])
})

test('people are sent back to pages of the tenant’s own, or that the provider lists, and nowhere else', async () => {
  await create('pages', { redirectUris: ['https://app.example.com/back'], kind: 'github', clientSecret: 'x' })
  await testbed.ask(sql`insert into identity.tenant_branding (tenant_id, domain, domain_token, domain_verified_at)
    values (${owner.actor.tenantId}, 'video.example.com', 'token', now())`)
  const begin = (redirectUri: string) =>
    testbed.client.oauth.begin({ provider: 'pages', redirectUri }, { context: visit() })
  for (const uri of ['https://app.example.com/back', 'https://video.example.com/any/page']) {
    const { authorizationUrl } = await begin(uri)
    assert.equal(new URL(authorizationUrl).searchParams.get('redirect_uri'), uri)
  }
  for (const uri of [
    'https://app.example.com/other',
    'https://app.example.com/back?next=https://evil.example',
    'https://app.example.com/back/../other',
    'https://video.example.com.evil.example/',
    'https://video.example.com@evil.example/',
    'http://video.example.com/',
  ])
    await assert.rejects(begin(uri), isCode('OAUTH_REDIRECT_REFUSED'), uri)
})
