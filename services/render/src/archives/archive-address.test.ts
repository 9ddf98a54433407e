import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { isCode } from '../testbed/open-testbed.ts'
import { readArchiveAddress, writeArchiveAddress } from './archive-address.ts'

const keys = { present: randomBytes(32), former: [] }
const name = { tenantId: randomUUID(), batchId: randomUUID() }
const soon = () => new Date(Date.now() + 60_000)
const refused = isCode('STORED_ADDRESS_INVALID')

test('an address opens its batch, also once the secret key is a former one', () => {
  const address = writeArchiveAddress(keys, name, soon())
  assert.deepEqual(readArchiveAddress(keys, address), name)
  assert.deepEqual(readArchiveAddress({ present: randomBytes(32), former: [keys.present] }, address), name)
})

test('whatever is changed of it, or once its time is over, it opens nothing', () => {
  const address = writeArchiveAddress(keys, name, soon())
  for (const wrong of [
    address.replace(name.batchId, randomUUID()),
    address.replace(name.tenantId, randomUUID()),
    address.replace(/expires=\d+/, `expires=${Date.now() + 1e9}`),
    address.replace(/signature=../, 'signature=--'),
    address.split('?')[0]!,
    writeArchiveAddress({ present: randomBytes(32), former: [] }, name, soon()),
    writeArchiveAddress(keys, name, new Date(Date.now() - 1)),
  ])
    assert.throws(() => readArchiveAddress(keys, wrong), refused, wrong)
})
