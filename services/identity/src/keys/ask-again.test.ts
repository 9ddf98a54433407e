import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Call, DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { sql } from 'kysely'
import { createOwner } from '../service.ts'
import { callWith, logInFor, openTestbed, type Testbed } from '../testbed/open-testbed.ts'

let testbed: Testbed
let owner: Call
before(async () => {
  testbed = await openTestbed()
  const credentials = { email: 'owner@example.com', password: 'under the old bridge' }
  await createOwner(testbed.deps, { ...credentials, tenantId: DEFAULT_TENANT_ID, name: '' })
  owner = callWith((await logInFor(testbed, credentials)).accessToken)
})
after(() => testbed.close())

const input = { name: 'reader', scopes: ['self:read' as const] }
const asking = (idempotencyKey: string | null) => ({ context: { ...owner, idempotencyKey } })

test('asked again with the same Idempotency-Key, the first answer comes again and nothing is made', async () => {
  const first = await testbed.client.keys.create(input, asking('a'))
  const again = await testbed.client.keys.create({ scopes: ['self:read'], name: 'reader' }, asking('a'))
  assert.deepEqual(again, first)
  const other = await testbed.client.keys.create(input, asking('b'))
  assert.notEqual(other.id, first.id)
  const plain = await testbed.client.keys.create(input, asking(null))
  assert.notEqual(plain.id, first.id)
  const { keys } = await testbed.client.keys.list({}, { context: owner })
  assert.equal(keys.length, 3)
})

test('another body under the same key is refused', async () => {
  await testbed.client.keys.create(input, asking('c'))
  await assert.rejects(testbed.client.keys.create({ ...input, name: 'other' }, asking('c')), (error) =>
    isFlatRenderError(error, 'REQUEST_KEY_REUSED'),
  )
})

test('of many at once one does the work; the others hear that it is under way, or its answer', async () => {
  const results = await Promise.allSettled(
    Array.from({ length: 12 }, () => testbed.client.keys.create(input, asking('d'))),
  )
  const ids = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.id] : []))
  assert.equal(new Set(ids).size, 1)
  for (const result of results)
    if (result.status === 'rejected') assert.ok(isFlatRenderError(result.reason, 'REQUEST_UNDER_WAY'))
})

test('a failure is kept for nobody, and no answer can be read in the database', async () => {
  const wide = { name: 'wide', scopes: ['self:read' as const], allowedAddresses: [], expiresAt: 'never' }
  await assert.rejects(testbed.client.keys.create(wide, asking('e')))
  const made = await testbed.client.keys.create(input, asking('e'))
  const rows = await testbed.ask(sql<{
    text: string
  }>`select answer::text as text from platform.idempotency_keys
    where service = 'identity'`)
  assert.ok(rows.length >= 3)
  for (const { text } of rows) assert.ok(!text.includes(made.key) && !text.includes('reader'))
})
