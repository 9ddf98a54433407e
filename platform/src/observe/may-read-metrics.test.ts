import assert from 'node:assert/strict'
import type { IncomingHttpHeaders } from 'node:http'
import { test } from 'node:test'
import { mayReadMetrics } from './may-read-metrics.ts'

const ask = (remoteAddress: string | undefined, headers: IncomingHttpHeaders = {}, token?: string) =>
  mayReadMetrics({ headers, socket: { remoteAddress } } as never, token)

test('without a token this machine alone may read, and no stranger', () => {
  for (const address of ['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'])
    assert.equal(ask(address), true, address)
  for (const address of ['192.0.2.1', '10.127.0.1', '::ffff:10.0.0.1', 'fe80::1', '2001:db8::1', undefined])
    assert.equal(ask(address), false, address)
  assert.equal(ask('127.0.0.1', { 'x-forwarded-for': '192.0.2.1' }), false)
  assert.equal(ask('192.0.2.1', { 'x-forwarded-for': '127.0.0.1' }), false)
})

test('with a token who has it may, from anywhere, and this machine no longer without', () => {
  const token = 'sixteen letters or more'
  const headers = { authorization: `Bearer ${token}` }
  assert.equal(ask('192.0.2.1', headers, token), true)
  assert.equal(ask('192.0.2.1', { ...headers, 'x-forwarded-for': '198.51.100.1' }, token), true)
  assert.equal(ask('127.0.0.1', {}, token), false)
  assert.equal(ask('127.0.0.1', { authorization: `Bearer ${token.slice(1)}` }, token), false)
})
