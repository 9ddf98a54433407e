import assert from 'node:assert/strict'
import type { LookupAddress } from 'node:dns'
import { test } from 'node:test'
import { isPrivateAddress } from './private-hosts.ts'
import { isException, readExceptions } from './read-exceptions.ts'
import { resolveAllowed } from './resolve-allowed.ts'

const look = (hostname: string, all: boolean, allowed: readonly string[] = []) =>
  new Promise<string | LookupAddress[]>((done, failed) =>
    resolveAllowed(readExceptions(allowed))(hostname, { all }, (error, found) =>
      error === null ? done(found) : failed(error),
    ),
  )

test('a name that points to this machine is not connected to, however it is asked for', async () => {
  for (const all of [true, false]) await assert.rejects(look('localhost', all), /private network/)
})

test('a public address is passed on as it was asked for', async () => {
  assert.equal(await look('8.8.8.8', false), '8.8.8.8')
  assert.deepEqual(await look('8.8.8.8', true), [{ address: '8.8.8.8', family: 4 }])
})

test('private addresses are known in every spelling, and public ones are none', () => {
  for (const address of [
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '127.8.9.1',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.1.1',
    '192.0.0.8',
    '192.88.99.1',
    '198.19.255.255',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::7f00:1',
    '::ffff:192.168.1.1',
    '::ffff:0:192.168.1.1',
    '64:ff9b:1::808:808',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '3fff::1',
    '5f00::1',
    'fc00::1',
    'fec0::1',
    'feff::1',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    'fd12::1',
    'fe80::1',
    'ff02::1',
  ])
    assert.ok(isPrivateAddress(address), address)
  for (const address of [
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '2606:4700::1111',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
  ])
    assert.ok(!isPrivateAddress(address), address)
})

test('what is allowed is called: a host by its name, an address alone or in a range', async () => {
  for (const allowed of ['localhost', 'LOCALHOST.'])
    assert.ok((await look('localhost', true, [allowed])).length > 0, allowed)
  const { allowsAddress } = readExceptions(['10.1.0.0/16', 'fd00::/8', '192.168.1.1'])
  for (const address of ['10.1.2.3', 'fd12::1', '192.168.1.1', '::ffff:10.1.0.1'])
    assert.ok(allowsAddress(address), address)
  for (const address of ['10.2.0.1', 'fe80::1', '192.168.1.2', '127.0.0.1'])
    assert.ok(!allowsAddress(address), address)
})

test('an exception is a host, an address or a range, and nothing else', () => {
  for (const text of ['minio', 'files.example.com', '10.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8'])
    assert.ok(isException(text), text)
  for (const text of [
    '10.0.0.0/33',
    '10.0.0.0/a',
    '10.0.0.0/8/8',
    'a b',
    'http://a',
    'a:80',
    'a/b',
    '*.a',
    '',
  ])
    assert.ok(!isException(text), text)
})
