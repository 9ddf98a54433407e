import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestbed } from '../testbed/open-testbed.ts'

test('the public keys are there for everybody, may be kept for five minutes, and are asked for once', async () => {
  const keys = [
    { kty: 'OKP', crv: 'Ed25519', kid: 'retired' },
    { kty: 'OKP', crv: 'Ed25519', kid: 'active' },
  ]
  const gateway = await openTestbed({}, {}, { keys })
  try {
    const ask = () => fetch(`${gateway.url}/.well-known/jwks.json`)
    const [answer, again] = await Promise.all([ask(), ask()])
    assert.equal(answer.status, 200)
    assert.match(answer.headers.get('content-type') ?? '', /^application\/jwk-set\+json/)
    assert.equal(answer.headers.get('cache-control'), 'public, max-age=300')
    assert.deepEqual(await answer.json(), { keys })
    assert.deepEqual(await again.json(), { keys })
    assert.deepEqual(gateway.asked, ['keys'])
  } finally {
    await gateway.close()
  }
})

test('while nobody can say which keys there are, none are shown and nothing is kept', async () => {
  const gateway = await openTestbed({}, {}, { away: true })
  try {
    const answer = await fetch(`${gateway.url}/.well-known/jwks.json`)
    assert.equal(answer.status, 503)
    assert.equal(answer.headers.get('cache-control'), 'no-store')
  } finally {
    await gateway.close()
  }
})
