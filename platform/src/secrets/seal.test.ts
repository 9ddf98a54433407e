import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import fc from 'fast-check'
import { isSealedByFormer, seal, unseal } from './seal.ts'

const keys = { present: randomBytes(32), former: [] }
const unreadable = (work: () => unknown) =>
  assert.throws(work, (error) => isFlatRenderError(error, 'SECRET_UNREADABLE'))

test('what is sealed opens again in its place, and never looks the same twice', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.string(), (secret, place) => {
      const sealed = seal(keys, place, secret)
      assert.deepEqual(new Uint8Array(unseal(keys, place, sealed)), secret)
      assert.notDeepEqual(seal(keys, place, secret), sealed)
    }),
  )
})

test('one changed bit, another place, another key or a torn end: it does not open', () => {
  const sealed = seal(keys, 'identity.mfa_factors 1', 'secret')
  fc.assert(
    fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
      const changed = Buffer.from(sealed)
      changed[bit >> 3] = changed[bit >> 3]! ^ (1 << (bit & 7))
      unreadable(() => unseal(keys, 'identity.mfa_factors 1', changed))
    }),
  )
  unreadable(() => unseal(keys, 'identity.mfa_factors 2', sealed))
  unreadable(() => unseal({ present: randomBytes(32), former: [] }, 'identity.mfa_factors 1', sealed))
  for (let length = 0; length < sealed.length; length++)
    unreadable(() => unseal(keys, 'identity.mfa_factors 1', sealed.subarray(0, length)))
})

test('after a change of keys the old is still readable, and told apart', () => {
  const sealed = seal(keys, 'here', 'secret')
  const changed = { present: randomBytes(32), former: [keys.present] }
  assert.equal(unseal(changed, 'here', sealed).toString(), 'secret')
  assert.deepEqual([isSealedByFormer(changed, sealed), isSealedByFormer(keys, sealed)], [true, false])
})
