import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Actor, DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { gatewayConfig } from '../config.ts'
import { type Counted, openRequestLimiter } from './limit-requests.ts'

const actor = (kind: Actor['kind'], id: string | null, tenantId = DEFAULT_TENANT_ID): Actor => ({
  kind,
  id,
  tenantId,
  visibleTenants: [],
  permissions: [],
  sessionId: null,
})
const open = (limits: object) => openRequestLimiter(gatewayConfig.parse(limits))
const isRefused = async (counted: Promise<Counted>) => (await counted).refusal?.code === 'RATE_LIMITED'

test('an address is counted by itself, and all of a /64 are one', async () => {
  const limiter = open({ visitorLimit: 2 })
  const { headers } = await limiter.countAddress('visitor', '2001:db8::1')
  assert.equal(headers.ratelimit, '"visitor";r=1;t=60')
  assert.equal(headers['ratelimit-policy'], '"visitor";q=2;w=60')
  assert.equal(await isRefused(limiter.countAddress('visitor', '2001:db8::2')), false)
  const refused = await limiter.countAddress('visitor', '2001:db8::3')
  assert.equal(refused.refusal?.code, 'RATE_LIMITED')
  assert.match(refused.headers.ratelimit ?? '', /^"visitor";r=0;t=\d+$/)
  assert.equal(await isRefused(limiter.countAddress('visitor', '2001:db8:0:1::1')), false)
})

test('wrong credentials use up their own limit, right ones none', async () => {
  const limiter = open({ visitorLimit: 2 })
  for (let request = 0; request < 10; request++) {
    assert.equal(await isRefused(limiter.countAddress('credential', '192.0.2.1')), false)
    await limiter.forgiveCredential('192.0.2.1')
  }
  await limiter.countAddress('credential', '192.0.2.1')
  await limiter.countAddress('credential', '192.0.2.1')
  assert.equal(await isRefused(limiter.countAddress('credential', '192.0.2.1')), true)
  assert.equal(await isRefused(limiter.countAddress('visitor', '192.0.2.1')), false)
})

test('all of a tenant together have a limit, and the nearest one is told', async () => {
  const limiter = open({ tenantLimit: 3 })
  const { headers } = await limiter.countActor(actor('user', 'a'))
  assert.match(headers.ratelimit ?? '', /^"tenant";r=2/)
  await limiter.countActor(actor('user', 'b'))
  await limiter.countActor(actor('key', 'c'))
  assert.equal(await isRefused(limiter.countActor(actor('user', 'd'))), true)
  assert.equal(
    await isRefused(limiter.countActor(actor('user', 'a', '00000000-0000-0000-0000-000000000002'))),
    false,
  )
})

test('visitors use up half of what a tenant may send, and no more', async () => {
  const limiter = open({ tenantLimit: 8 })
  const visitors = await Promise.all(
    Array.from({ length: 20 }, () => isRefused(limiter.countActor(actor('visitor', null)))),
  )
  assert.equal(visitors.filter((refused) => !refused).length, 4)
  const users = await Promise.all(
    Array.from({ length: 5 }, (_, index) => isRefused(limiter.countActor(actor('user', String(index))))),
  )
  assert.deepEqual(users, [false, false, false, false, true])
})
