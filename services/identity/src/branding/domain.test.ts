import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Call, DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { type NameServer, openNameServer } from '@flatrender/platform/testkit'
import { sql } from 'kysely'
import {
  callAsSystem,
  enterAsOwner,
  isCode,
  openTenant,
  openTestbed,
  type Testbed,
} from '../testbed/open-testbed.ts'
import { nameDomain } from './name-domain.ts'

let names: NameServer
let testbed: Testbed
let one: Awaited<ReturnType<typeof openTenant>>
let other: Awaited<ReturnType<typeof openTenant>>
before(async () => {
  names = await openNameServer()
  testbed = await openTestbed({ dnsServers: [names.address] })
  const owner = await enterAsOwner(testbed)
  one = await openTenant(testbed, owner, 'reseller', 'one')
  other = await openTenant(testbed, owner, 'customer', 'other')
})
after(async () => {
  await testbed?.close()
  await names?.close()
})

const set = (by: Call, domain: string) => testbed.client.branding.setDomain({ domain }, { context: by })
const prove = (by: Call) => testbed.client.branding.proveDomain({}, { context: by })
const remove = (by: Call) => testbed.client.branding.removeDomain({}, { context: by })
const tenantOf = async (host: string) =>
  (await testbed.client.access.resolveTenant({ host, slug: null }, { context: callAsSystem() })).tenantId
const publish = ({ record }: { record: { name: string; value: string } }, ...more: string[]) =>
  names.texts.set(record.name, [...more, record.value])
const lookAgain = () => testbed.jobs['identity.prove-domains-again']()
/** So many days pass in which the job runs, or nobody looks. */
const pass = (days: number) =>
  testbed.ask(sql`update identity.tenant_branding
    set domain_seen_at = domain_seen_at - make_interval(days => ${days}),
      domain_missed_at = domain_missed_at - make_interval(days => ${days})
    where domain_verified_at is not null`)

test('a domain’s name is what name servers know, and nothing else is one', () => {
  assert.equal(nameDomain('Video.Example.COM.'), 'video.example.com')
  assert.equal(nameDomain('آزمون.example'), 'xn--hgb6a5cej.example')
  assert.equal(nameDomain('example。com'), 'example.com')
  for (const text of [
    'localhost',
    '192.0.2.1',
    '0x7f.1',
    '[::1]',
    'a..b.com',
    'a/b.com',
    'a.com/path',
    'https://a.com',
    'a.com:443',
    'me@a.com',
    'ex%61mple.com',
    '_a.example.com',
    '-a.example.com',
    'a b.com',
    '',
    `${'a'.repeat(64)}.com`,
    `${'a.'.repeat(120)}com`,
  ])
    assert.equal(nameDomain(text), undefined, text)
})

test('a domain counts once its record was seen, and not before', async () => {
  const answer = await set(one.call, 'Video.Example.com.')
  assert.equal(answer.name, 'video.example.com')
  assert.equal(answer.record.name, '_flatrender.video.example.com')
  assert.match(answer.record.value, /^flatrender=[\w-]{22}$/)
  assert.equal(await tenantOf('video.example.com'), DEFAULT_TENANT_ID)
  await assert.rejects(prove(one.call), isCode('DOMAIN_UNPROVEN'))
  names.texts.set(answer.record.name, ['flatrender=another'])
  await assert.rejects(prove(one.call), isCode('DOMAIN_UNPROVEN'))
  names.broken = true
  await assert.rejects(prove(one.call), isCode('DOMAIN_UNANSWERED'))
  names.broken = false
  assert.equal(await tenantOf('video.example.com'), DEFAULT_TENANT_ID)
  publish(answer, 'v=spf1 -all')
  assert.deepEqual(await prove(one.call), { ...answer, proven: true })
  assert.deepEqual(await prove(one.call), { ...answer, proven: true })
  for (const host of ['video.example.com', 'VIDEO.example.com.', 'video.example.com:8443'])
    assert.equal(await tenantOf(host), one.tenant.id, host)
  const events = await testbed.eventsOf(one.tenant.id)
  assert.equal(events.filter((type) => type === 'identity.domain.proven').length, 1)
})

test('the same domain asked for again keeps its record and its proof', async () => {
  const again = await set(one.call, 'video.example.com')
  assert.equal(again.proven, true)
  const { domain } = await testbed.client.branding.show({}, { context: one.call })
  assert.deepEqual(domain, again)
})

test('many may ask for a domain, and it is theirs who prove it first', async () => {
  const late = await set(other.call, 'video.example.com')
  publish(late, names.texts.get(late.record.name)![1]!)
  await assert.rejects(prove(other.call), isCode('DOMAIN_TAKEN'))
  assert.equal(await tenantOf('video.example.com'), one.tenant.id)
  await remove(one.call)
  assert.equal(await tenantOf('video.example.com'), DEFAULT_TENANT_ID)
  await assert.rejects(prove(one.call), isCode('DOMAIN_UNKNOWN'))
  await assert.rejects(remove(one.call), isCode('DOMAIN_UNKNOWN'))
  await prove(other.call)
  assert.equal(await tenantOf('video.example.com'), other.tenant.id)
})

test('another domain takes the place of the one before, and needs a proof of its own', async () => {
  publish(await set(one.call, 'first.example.com'))
  await prove(one.call)
  const second = await set(one.call, 'آزمون.example')
  assert.equal(second.proven, false)
  for (const host of ['first.example.com', 'xn--hgb6a5cej.example'])
    assert.equal(await tenantOf(host), DEFAULT_TENANT_ID, host)
  publish(second)
  await prove(one.call)
  assert.equal(await tenantOf('xn--hgb6a5cej.example'), one.tenant.id)
})

test('a record that is gone for a week takes the proof with it; name servers that fail do not', async () => {
  const name = '_flatrender.xn--hgb6a5cej.example'
  const record = names.texts.get(name)!
  const proven = async () => (await tenantOf('xn--hgb6a5cej.example')) === one.tenant.id
  await pass(8)
  names.broken = true
  await lookAgain()
  names.broken = false
  assert.equal(await proven(), true)
  await lookAgain()
  names.texts.delete(name)
  await lookAgain()
  assert.equal(await proven(), true, 'seen a moment ago')
  await pass(6)
  await lookAgain()
  assert.equal(await proven(), true)
  await pass(2)
  await lookAgain()
  assert.equal(await proven(), false)
  assert.equal((await testbed.eventsOf(one.tenant.id)).at(-1), 'identity.domain.lost')
  names.texts.set(name, record)
  await prove(one.call)
  assert.equal(await proven(), true)
})

test('an installation that stood still for weeks has missed nothing: the week begins when it looks', async () => {
  const name = '_flatrender.xn--hgb6a5cej.example'
  const record = names.texts.get(name)!
  await pass(30)
  names.texts.delete(name)
  await lookAgain()
  assert.equal(await tenantOf('xn--hgb6a5cej.example'), one.tenant.id)
  names.texts.set(name, record)
  await lookAgain()
  await pass(8)
  names.texts.delete(name)
  await lookAgain()
  assert.equal(await tenantOf('xn--hgb6a5cej.example'), one.tenant.id, 'it was seen between')
  names.texts.set(name, record)
  await lookAgain()
})

test('what was done to a domain is written down, and dangerous acts ask for a proof', async () => {
  const rows = await testbed.ask(sql<{ action: string; actor_kind: string }>`
    select action, actor_kind from identity.audit_logs
    where tenant_id = ${one.tenant.id} and action like 'domain.%' order by happened_at`)
  assert.deepEqual(
    rows.map(({ action, actor_kind }) => `${action} ${actor_kind}`),
    ['set', 'proven', 'removed', 'set', 'proven', 'set', 'proven']
      .map((verb) => `domain.${verb} user`)
      .concat('domain.lost system', 'domain.proven user'),
  )
  await testbed.ask(sql`update identity.sessions set proven_at = now() - interval '16 minutes'
    where id = ${one.call.actor.sessionId}`)
  await assert.rejects(set(one.call, 'third.example.com'), isCode('STEP_UP_REQUIRED'))
  await assert.rejects(remove(one.call), isCode('STEP_UP_REQUIRED'))
})

test('mails come from an address of the proven domain; to any other go the answers', async () => {
  const sender = async (mailSenderAddress: string) => {
    await testbed.client.branding.change({ mailSenderAddress }, { context: other.call })
    const context = callAsSystem(other.tenant.id)
    const { address, replyTo } = await testbed.client.access.senderOf({}, { context })
    return { address, replyTo }
  }
  for (const own of ['hi@video.example.com', 'hi@Mail.Video.Example.com'])
    assert.deepEqual(await sender(own), { address: own, replyTo: null })
  for (const foreign of ['hi@example.com', 'hi@notvideo.example.com', 'video.example.com@other.example'])
    assert.deepEqual(await sender(foreign), { address: null, replyTo: foreign })
  await remove(other.call)
  assert.deepEqual(await sender('hi@video.example.com'), { address: null, replyTo: 'hi@video.example.com' })
})
