import assert from 'node:assert/strict'
import { createHmac, randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import { after, before, beforeEach, test } from 'node:test'
import type { Call } from '@flatrender/contracts/call'
import { openWebServer, type WebServer } from '@flatrender/platform/testkit'
import { sql } from 'kysely'
import {
  callAsSystem,
  enterAsOwner,
  isCode,
  openTenant,
  openTestbed,
  type Testbed,
} from '../testbed/open-testbed.ts'

interface Heard {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

let testbed: Testbed
let owner: Call
let shop: Call
let web: WebServer
/** What the receiving server heard, and what it answers. */
let heard: Heard[]
let answer: number | 'never'
before(async () => {
  testbed = await openTestbed({ webhookMilliseconds: 300 })
  owner = await enterAsOwner(testbed)
  shop = (await openTenant(testbed, owner, 'reseller', 'shop')).call
  web = await openWebServer()
  web.answer(async (request, response) => {
    heard.push({ path: request.url!, headers: request.headers, body: await text(request) })
    if (answer === 'never') return
    if (request.url === '/ill') return void response.writeHead(503).end()
    if (request.url === '/gone') return void response.writeHead(410).end()
    response.writeHead(answer, { location: '/elsewhere' }).end(answer < 300 ? 'thanks' : 'no \0 thanks')
  })
})
after(async () => {
  await web?.close()
  await testbed?.close()
})
beforeEach(async () => {
  heard = []
  answer = 200
  await testbed.ask(sql`delete from identity.tenant_webhooks`)
})

const create = (more: { url?: string; eventTypes?: 'render.job.failed'[] } = {}, context = owner) =>
  testbed.client.webhooks.create({ url: `${web.url}/hook`, ...more }, { context })
const send = (more: { eventId?: string; url?: string | null } = {}, call = owner) =>
  testbed.client.webhooks.send(
    {
      eventId: randomUUID(),
      type: 'render.job.succeeded',
      happenedAt: '2026-01-02T03:04:05Z',
      data: { render: { id: 'r', name: 'گل' } },
      url: null,
      ...more,
    },
    { context: callAsSystem(call.actor.tenantId) },
  )
/** Makes the tries whose time has come. */
const deliver = () => testbed.jobs['identity.deliver-webhooks'](null, new AbortController().signal)
/** Lets the time of all that waits come. */
const hurry = () =>
  testbed.ask(
    sql`update identity.tenant_webhook_deliveries set next_attempt_at = now() where state = 'pending'`,
  )
const deliveries = async (id: string, context = owner) =>
  (await testbed.client.webhooks.listDeliveries({ id }, { context })).deliveries.toReversed()
const states = async (id: string) => (await deliveries(id)).map(({ attempt, state }) => `${attempt} ${state}`)

/** Verifies a request as Standard Webhooks says. */
function isSigned(secret: string, { headers, body }: Heard): boolean {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const late = Math.abs(Date.now() / 1000 - Number(headers['webhook-timestamp']))
  return (
    late < 60 &&
    headers['webhook-signature'] === `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
  )
}

test('an event is sent to who takes its type, signed, once', async () => {
  const { id, secret, ...rest } = await create()
  assert.deepEqual([rest.state, rest.kind, rest.eventTypes], ['active', 'endpoint', []])
  const other = await create({ eventTypes: ['render.job.failed'] })
  const eventId = randomUUID()
  for (const _ of [1, 2]) await send({ eventId })
  for (const _ of [1, 2]) await Promise.all([deliver(), deliver()])
  assert.equal(heard.length, 1)
  const [request] = heard
  assert.equal(request!.headers['webhook-id'], eventId)
  assert.ok(isSigned(secret, request!))
  assert.ok(!isSigned(other.secret, request!))
  assert.deepEqual(JSON.parse(request!.body), {
    type: 'render.job.succeeded',
    timestamp: '2026-01-02T03:04:05Z',
    data: { render: { id: 'r', name: 'گل' } },
  })
  const [made] = await deliveries(id)
  assert.deepEqual(
    [made?.state, made?.responseStatus, made?.responseExcerpt, made?.error],
    ['delivered', 200, 'thanks', null],
  )
  assert.deepEqual(await deliveries(other.id), [])
})

test('the job that makes tries is left in the queue with them', async () => {
  await create()
  await testbed.takeJobs('identity.deliver-webhooks')
  await send()
  assert.equal(await testbed.runJobs('identity.deliver-webhooks'), 1)
  assert.equal(heard.length, 1)
})

test('what fails is tried again, ever later, eight times within a day, then given up; each try is a row', async () => {
  const { id } = await create()
  answer = 500
  await send()
  const pauses: number[] = []
  for (let attempt = 1; attempt <= 9; attempt++) {
    await deliver()
    const last = (await deliveries(id)).at(-1)!
    if (last.nextAttemptAt !== null) pauses.push((Date.parse(last.nextAttemptAt) - Date.now()) / 1000)
    await hurry()
  }
  assert.equal(heard.length, 8)
  assert.deepEqual(await states(id), [1, 2, 3, 4, 5, 6, 7].map((n) => `${n} failed`).concat('8 abandoned'))
  assert.deepEqual(
    pauses,
    pauses.toSorted((a, b) => a - b),
  )
  const whole = pauses.reduce((sum, pause) => sum + pause, 0) / 3600
  assert.ok(whole > 20 && whole < 27, `${whole} h`)
  assert.equal(new Set(heard.map(({ headers }) => headers['webhook-id'])).size, 1)
  const [webhook] = (await testbed.client.webhooks.list({}, { context: owner })).webhooks
  assert.equal(webhook?.state, 'failing')
  // It mends with the first that goes well.
  answer = 204
  const [first] = await deliveries(id)
  const again = await testbed.client.webhooks.replay({ id: first!.id }, { context: owner })
  assert.equal(again.attempt, 9)
  await deliver()
  assert.equal((await states(id)).at(-1), '9 delivered')
  const [mended] = (await testbed.client.webhooks.list({}, { context: owner })).webhooks
  assert.equal(mended?.state, 'active')
})

test('redirects aren’t followed, and who never answers is left', async () => {
  const { id } = await create()
  answer = 302
  await send()
  await deliver()
  answer = 'never'
  await hurry()
  await deliver()
  assert.deepEqual(
    heard.map(({ path }) => path),
    ['/hook', '/hook'],
  )
  const [redirected, late] = await deliveries(id)
  assert.deepEqual([redirected?.responseStatus, late?.error], [302, 'it took too long'])
})

test('a server that says it is gone is not asked again', async () => {
  const { id } = await create()
  answer = 410
  await send()
  await deliver()
  assert.deepEqual(await states(id), ['1 abandoned'])
  const [webhook] = (await testbed.client.webhooks.list({}, { context: owner })).webhooks
  assert.equal(webhook?.state, 'paused')
})

test('while a server fails, what else is for it waits, and others are served', async () => {
  const ill = await create({ url: `${web.url}/ill` })
  await create({ url: `${web.url}/well` }, shop)
  for (let index = 0; index < 40; index++) await send()
  for (let index = 0; index < 3; index++) await send({}, shop)
  await deliver()
  const count = (path: string) => heard.filter((request) => request.path === path).length
  // As many as are made at once, and no more before it has rested.
  assert.deepEqual([count('/ill'), count('/well')], [32, 3])
  const { deliveries: made } = await testbed.client.webhooks.listDeliveries(
    { id: ill.id, limit: 100 },
    { context: owner },
  )
  const waiting = made.filter(({ state }) => state === 'pending')
  assert.equal(waiting.length, 40)
  for (const { nextAttemptAt } of waiting) assert.ok(Date.parse(nextAttemptAt!) > Date.now() + 3000)
})

test('who dies over a try leaves it to others', async () => {
  const { id } = await create()
  await send()
  // As a process leaves it that is killed while the server thinks.
  await testbed.ask(
    sql`update identity.tenant_webhook_deliveries set next_attempt_at = now() + interval '60 seconds'`,
  )
  await deliver()
  assert.equal(heard.length, 0)
  await hurry()
  await deliver()
  assert.deepEqual(await states(id), ['1 delivered'])
})

test('a test is sent whatever types are taken; the secret can be replaced', async () => {
  const { id, secret } = await create({ eventTypes: ['render.job.failed'] })
  const tried = await testbed.client.webhooks.test({ id }, { context: owner })
  assert.deepEqual([tried.state, tried.eventType], ['pending', 'webhook.test'])
  await deliver()
  assert.ok(isSigned(secret, heard[0]!))
  const fresh = await testbed.client.webhooks.replaceSecret({ id: id.toUpperCase() }, { context: owner })
  await testbed.client.webhooks.replay({ id: tried.id }, { context: owner })
  await deliver()
  assert.ok(isSigned(fresh.secret, heard[1]!))
  assert.equal(heard[1]!.headers['webhook-id'], heard[0]!.headers['webhook-id'])
})

test('the address of a render is told too, signed by a secret of the tenant’s own', async () => {
  await send({ url: `${web.url}/render?key=1` })
  await deliver()
  assert.equal(heard[0]?.path, '/render?key=1')
  const { webhooks } = await testbed.client.webhooks.list({}, { context: owner })
  assert.deepEqual(
    webhooks.map(({ kind, url }) => [kind, url]),
    [['renders', null]],
  )
  const { id } = webhooks[0]!
  const { secret } = await testbed.client.webhooks.replaceSecret({ id }, { context: owner })
  await send({ url: `${web.url}/render` })
  await deliver()
  assert.ok(isSigned(secret, heard[1]!))
  for (const act of [
    () => testbed.client.webhooks.test({ id }, { context: owner }),
    () => testbed.client.webhooks.change({ id, url: 'https://example.com/' }, { context: owner }),
  ])
    await assert.rejects(act, isCode('WEBHOOK_WITHOUT_ADDRESS'))
})

test('the address of one render fails alone: others of the tenant are told all the same', async () => {
  await send({ url: `${web.url}/gone` })
  await send({ url: `${web.url}/ill` })
  await deliver()
  await send({ url: `${web.url}/render` })
  await deliver()
  assert.deepEqual(heard.map(({ path }) => path).sort(), ['/gone', '/ill', '/render'])
  const { webhooks } = await testbed.client.webhooks.list({}, { context: owner })
  assert.deepEqual(
    webhooks.map(({ kind, state }) => [kind, state]),
    [['renders', 'active']],
  )
})

test('a private address is refused when it is told, and when it is sent to', async () => {
  for (const url of ['http://10.0.0.1/', 'http://169.254.169.254/latest', 'http://[::1]/'])
    await assert.rejects(create({ url }), isCode('ADDRESS_REFUSED'))
  const { id } = await create()
  await testbed.ask(sql`update identity.tenant_webhooks set url = 'http://10.0.0.1/' where id = ${id}`)
  await send()
  await deliver()
  assert.deepEqual((await deliveries(id))[0]?.error, 'it stands in a private network')
})

test('a paused webhook is told nothing, and what waited for it is given up', async () => {
  const { id } = await create()
  await send()
  await testbed.client.webhooks.change({ id, state: 'paused' }, { context: owner })
  await send()
  await deliver()
  assert.deepEqual(await states(id), ['1 abandoned'])
  assert.equal(heard.length, 0)
  await testbed.client.webhooks.change({ id, state: 'active', url: `${web.url}/new` }, { context: owner })
  await send()
  await deliver()
  assert.deepEqual(
    heard.map(({ path }) => path),
    ['/new'],
  )
})

test('webhooks are their tenant’s', async () => {
  const { id } = await create()
  await send({}, shop)
  await deliver()
  assert.equal(heard.length, 0)
  await send()
  await deliver()
  const [made] = await deliveries(id)
  const { webhooks } = testbed.client
  assert.deepEqual((await webhooks.list({}, { context: shop })).webhooks, [])
  for (const act of [
    () => webhooks.change({ id, state: 'paused' }, { context: shop }),
    () => webhooks.delete({ id }, { context: shop }),
    () => webhooks.replaceSecret({ id }, { context: shop }),
    () => webhooks.test({ id }, { context: shop }),
    () => webhooks.listDeliveries({ id }, { context: shop }),
  ])
    await assert.rejects(act, isCode('WEBHOOK_UNKNOWN'))
  await assert.rejects(
    webhooks.replay({ id: made!.id }, { context: shop }),
    isCode('WEBHOOK_DELIVERY_UNKNOWN'),
  )
  await webhooks.delete({ id }, { context: owner })
  await assert.rejects(webhooks.listDeliveries({ id }, { context: owner }), isCode('WEBHOOK_UNKNOWN'))
})

test('pages hold every try once', async () => {
  const { id } = await create()
  for (let index = 0; index < 5; index++) await send()
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await testbed.client.webhooks.listDeliveries({ id, limit: 2, cursor }, { context: owner })
    seen.push(...page.deliveries.map((one) => one.id))
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  assert.deepEqual(
    seen.toReversed(),
    (await deliveries(id)).map((one) => one.id),
  )
})

test('who made, changed and deleted a webhook stands in the audit log, without its secret', async () => {
  const { id, secret } = await create({ url: `${web.url}/hook?token=hush` })
  await testbed.client.webhooks.change({ id, url: `${web.url}/other?token=hush` }, { context: owner })
  await testbed.client.webhooks.replaceSecret({ id }, { context: owner })
  await testbed.client.webhooks.delete({ id }, { context: owner })
  const rows = await testbed.ask(sql<{ action: string; after: object | null }>`
    select action, after from identity.audit_logs where subject = ${id} order by happened_at`)
  assert.deepEqual(
    rows.map(({ action }) => action),
    ['webhook.created', 'webhook.changed', 'webhook.secret_replaced', 'webhook.deleted'],
  )
  const written = JSON.stringify(rows)
  assert.ok(!written.includes('hush') && !written.includes(secret))
})

test('old tries go, those that wait stay', async () => {
  const { id } = await create()
  await send()
  await deliver()
  await send()
  await testbed.ask(
    sql`update identity.tenant_webhook_deliveries set created_at = now() - interval '31 days'`,
  )
  await testbed.jobs['identity.remove-old-deliveries']()
  assert.deepEqual(await states(id), ['1 pending'])
})
