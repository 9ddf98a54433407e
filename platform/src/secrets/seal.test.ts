import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { placeOf, type SealedPlace } from '@flatrender/contracts/secrets'
import fc from 'fast-check'
import { isSealedByFormer, seal, unseal } from './seal.ts'

const keys = { present: randomBytes(32), former: [] }
/** Any: which places there are is not this file's concern. */
const at = (place: string) => place as SealedPlace
const unreadable = (work: () => unknown) =>
  assert.throws(work, (error) => isFlatRenderError(error, 'SECRET_UNREADABLE'))

test('what is sealed opens again in its place, and never looks the same twice', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.string(), (secret, place) => {
      const sealed = seal(keys, at(place), secret)
      assert.deepEqual(new Uint8Array(unseal(keys, at(place), sealed)), secret)
      assert.notDeepEqual(seal(keys, at(place), secret), sealed)
    }),
  )
})

test('one changed bit, another place, another key or a torn end: it does not open', () => {
  const sealed = seal(keys, at('identity.mfa_factors 1'), 'secret')
  fc.assert(
    fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
      const changed = Buffer.from(sealed)
      changed[bit >> 3] = changed[bit >> 3]! ^ (1 << (bit & 7))
      unreadable(() => unseal(keys, at('identity.mfa_factors 1'), changed))
    }),
  )
  unreadable(() => unseal(keys, at('identity.mfa_factors 2'), sealed))
  unreadable(() => unseal({ present: randomBytes(32), former: [] }, at('identity.mfa_factors 1'), sealed))
  for (let length = 0; length < sealed.length; length++)
    unreadable(() => unseal(keys, at('identity.mfa_factors 1'), sealed.subarray(0, length)))
})

test('after a change of keys the old is still readable, and told apart', () => {
  const sealed = seal(keys, at('here'), 'secret')
  const changed = { present: randomBytes(32), former: [keys.present] }
  assert.equal(unseal(changed, at('here'), sealed).toString(), 'secret')
  assert.deepEqual([isSealedByFormer(changed, sealed), isSealedByFormer(keys, sealed)], [true, false])
})

test('what is sealed has a place that is listed: the types take no other', () => {
  // @ts-expect-error: `rotate-key` would never find it.
  const sealed = seal(keys, 'identity.users.name', 'secret')
  // @ts-expect-error: nothing says of whom it is.
  assert.equal(placeOf('identity.mfa_factors.sealed_secret', {}).includes(sealed.toString('hex')), false)
  assert.equal(
    placeOf('identity.oauth_logins.sealed_secrets', { state_hash: Buffer.of(1, 171) }),
    'identity.oauth_logins.sealed_secrets:["01ab"]',
  )
})
