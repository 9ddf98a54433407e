import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Actor, DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { gatewayConfig } from '../config.ts'
import { openRequestLimiter } from './limit-requests.ts'

const actor = (kind: Actor['kind'], id: string | null, tenantId = DEFAULT_TENANT_ID): Actor => ({
  kind,
  id,
  tenantId,
  visibleTenants: [],
  permissions: [],
  sessionId: null,
})
const limited = (error: unknown) => isFlatRenderError(error, 'RATE_LIMITED')

test('an address that proves nothing is counted by itself, wrong credentials too', async () => {
  const limiter = openRequestLimiter(gatewayConfig.parse({ visitorLimit: 3 }))
  const visitor = actor('visitor', null)
  assert.match((await limiter.count(visitor, '192.0.2.1')).ratelimit ?? '', /^"visitor";r=2;t=60$/)
  await limiter.countFailure('192.0.2.1')
  await limiter.count(visitor, '192.0.2.1')
  await assert.rejects(limiter.count(visitor, '192.0.2.1'), limited)
  await limiter.count(visitor, '192.0.2.2')
  await limiter.count(actor('user', 'a'), '192.0.2.1')
})

test('all of a tenant together have a limit, and the nearest one is told', async () => {
  const limiter = openRequestLimiter(gatewayConfig.parse({ tenantLimit: 3 }))
  const headers = await limiter.count(actor('user', 'a'), '192.0.2.1')
  assert.match(headers.ratelimit ?? '', /^"tenant";r=2/)
  await limiter.count(actor('user', 'b'), '192.0.2.1')
  await limiter.count(actor('key', 'c'), '192.0.2.1')
  await assert.rejects(limiter.count(actor('user', 'd'), '192.0.2.1'), limited)
  await limiter.count(actor('user', 'a', '00000000-0000-0000-0000-000000000002'), '192.0.2.1')
})
