import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { jwtVerify } from 'jose'
import { openCredential } from './credential.ts'
import type { NodeIdentity } from './node-identity.ts'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const identity: NodeIdentity = {
  privateKey,
  publicKey: publicKey.export({ format: 'jwk' }).x!,
  nodeId: 'one',
  enrolled: () => Promise.reject(new Error('it is')),
}
let now = Date.parse('2026-01-01T00:00:00Z')

test('a token is shown until it nears its end by the server’s time, and then a new one', async () => {
  const { show } = openCredential(() => identity, { now: () => now })
  const first = (await show())!
  const { payload } = await jwtVerify(first, publicKey, { currentDate: new Date(now) })
  assert.deepEqual([payload.sub, payload.exp! - payload.iat!], ['one', 50])
  now += 39_000
  assert.equal(await show(), first)
  now += 1_000
  const second = (await show())!
  assert.notEqual(second, first)
  now -= 3_600_000
  assert.notEqual(await show(), second, 'the clock was set back')
})

test('what the server refused is not shown again, and who is nobody yet shows nothing', async () => {
  let who: NodeIdentity = { ...identity, nodeId: undefined }
  const credential = openCredential(() => who, { now: () => now })
  assert.equal(await credential.show(), undefined)
  who = identity
  const first = await credential.show()
  credential.forget()
  now += 1_000
  assert.notEqual(await credential.show(), first)
})
