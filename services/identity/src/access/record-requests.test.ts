import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import type { AnsweredRequest } from '@flatrender/contracts/identity'
import { sql } from 'kysely'
import { callAsSystem, openTestbed, type Testbed, visit } from '../testbed/open-testbed.ts'

let testbed: Testbed
before(async () => {
  testbed = await openTestbed()
})
after(() => testbed.close())

const request: AnsweredRequest = {
  tenantId: DEFAULT_TENANT_ID,
  requestedAt: '2026-11-22T10:00:00.123Z',
  requestId: 'a',
  keyId: null,
  userId: '01a205c8-f014-7286-b7fa-9c3b0325c6ff',
  method: 'GET',
  route: 'identity.users.me',
  status: 200,
  milliseconds: 12,
  requestBytes: 0,
  responseBytes: 321,
  address: '2001:db8::1',
  errorCode: null,
}

test('answered requests are written as they were, in the partition of their month or in the one for all others', async () => {
  const requests = [
    request,
    {
      ...request,
      requestId: 'b',
      requestedAt: '2031-01-01T00:00:00.000Z',
      userId: null,
      errorCode: 'RATE_LIMITED',
    },
  ]
  await testbed.client.access.recordRequests({ requests }, { context: callAsSystem() })
  await testbed.client.access.recordRequests({ requests: [] }, { context: callAsSystem() })
  const rows = await testbed.ask(
    sql<
      Record<string, unknown>
    >`select request_id, requested_at, user_id, route, duration_ms, host(address) as address, error_code,
      tableoid::regclass::text as part from identity.tenant_api_request_logs order by request_id`,
  )
  assert.equal(rows.length, 2)
  assert.deepEqual(rows[0]?.requested_at, new Date(request.requestedAt))
  assert.equal(rows[0]?.address, '2001:db8::1')
  assert.equal(rows[1]?.error_code, 'RATE_LIMITED')
  assert.equal(rows[1]?.part, 'identity.tenant_api_request_logs_default')
})

test('nobody but a service may write the log', async () => {
  await assert.rejects(
    testbed.client.access.recordRequests({ requests: [request] }, { context: visit() }),
    (error) => isFlatRenderError(error, 'ACCESS_UNPROVEN'),
  )
})
