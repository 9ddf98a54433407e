import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Call } from '@flatrender/contracts/call'
import { isCode, visit } from '../testbed/open-testbed.ts'
import { assertGrantable } from './assert-grantable.ts'

/** A key that may change users and nothing else. */
const key = { ...visit().actor, kind: 'key' as const, permissions: ['users:write'] }
const at = (actor: Call['actor']): Call => ({ ...visit(), actor })

test('what every member has, who switched into a tenant may give there, and nothing above it', () => {
  const switched = at({ ...key, actingTenantId: '00000000-0000-7000-8000-000000000009' })
  assertGrantable(switched, ['member', 'designer'])
  assert.throws(() => assertGrantable(switched, ['support']), isCode('ROLE_TOO_HIGH'))
})

test('in one’s own tenant nobody gives what they lack, be it what everybody has', () => {
  assert.throws(() => assertGrantable(at(key), ['member']), isCode('ROLE_TOO_HIGH'))
})
