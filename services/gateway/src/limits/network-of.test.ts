import assert from 'node:assert/strict'
import { test } from 'node:test'
import { networkOf } from './network-of.ts'

test('an IPv4 address is itself, on whatever socket it came', () => {
  for (const address of ['192.0.2.1', '::ffff:192.0.2.1', '::FFFF:192.0.2.1', '0:0:0:0:0:ffff:192.0.2.1'])
    assert.equal(networkOf(address), '192.0.2.1')
})

test('an IPv6 address is its /64, however it is written', () => {
  const same = [
    '2001:db8:0:7::1',
    '2001:db8:0:7:ffff:ffff:ffff:ffff',
    '2001:0DB8:0000:0007::',
    '2001:db8::7:0:0:0:9',
    '2001:db8:0:7:1:2:192.0.2.1',
    '2001:db8:0:7::1%eth0',
  ]
  for (const address of same) assert.equal(networkOf(address), '2001:db8:0:7::/64', address)
  assert.equal(networkOf('2001:db8:0:8::1'), '2001:db8:0:8::/64')
  assert.equal(networkOf('::1'), '0:0:0:0::/64')
  assert.equal(networkOf('fe80::1%2'), 'fe80:0:0:0::/64')
})
