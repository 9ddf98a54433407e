import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAddress, readClient } from './read-client.ts'

test('an address is what PostgreSQL takes for one, whichever socket it came by', () => {
  const read = (...texts: (string | null)[]) => texts.map(readAddress)
  assert.deepEqual(read('192.0.2.1', '::ffff:192.0.2.1', '::FFFF:192.0.2.1'), Array(3).fill('192.0.2.1'))
  assert.deepEqual(read('2001:db8::1', 'fe80::1%eth0'), ['2001:db8::1', 'fe80::1'])
  assert.deepEqual(read(null, '', 'unknown', '192.0.2.1:80', '192.0.2.0/24'), Array(5).fill(null))
})

test('of a client’s name no more is kept than tells it from others', () => {
  const call = { address: '::ffff:192.0.2.1', userAgent: 'x'.repeat(5000) }
  assert.deepEqual(readClient(call), { address: '192.0.2.1', userAgent: 'x'.repeat(400) })
  assert.deepEqual(readClient({ address: null, userAgent: null }), { address: null, userAgent: null })
})
