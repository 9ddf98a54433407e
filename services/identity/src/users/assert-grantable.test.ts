import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Call, keyScopes, rolePermissions } from '@flatrender/contracts/call'
import { isCode, visit } from '../testbed/open-testbed.ts'
import { assertGrantable } from './assert-grantable.ts'

/** A key that may change users, and nothing else. */
const key = { ...visit().actor, kind: 'key' as const, permissions: ['users:write'] }
const at = (actor: Call['actor']): Call => ({ ...visit(), actor })

test('what every member has, who switched into a tenant may give there, and nothing above it', () => {
  const switched = at({ ...key, actingTenantId: '00000000-0000-7000-8000-000000000009' })
  assertGrantable(switched, ['member', 'designer'])
  assert.throws(() => assertGrantable(switched, ['support']), isCode('ROLE_TOO_HIGH'))
})

test('a key that may change users gives and governs what every member has, and nothing above it', () => {
  assertGrantable(at(key), ['member', 'designer'])
  for (const role of ['support', 'admin', 'owner'])
    assert.throws(() => assertGrantable(at(key), [role]), isCode('ROLE_TOO_HIGH'))
})

test('a user in their own tenant gives nothing that they lack, be it what everybody has', () => {
  const confined = at({ ...key, kind: 'user' })
  assert.throws(() => assertGrantable(confined, ['member']), isCode('ROLE_TOO_HIGH'))
})

test('an admin governs all but owners, and a key governs no owner with every scope that there is', () => {
  const admin = at({ ...key, kind: 'user', permissions: [...rolePermissions.admin] })
  assertGrantable(admin, ['admin', 'support', 'designer', 'member'])
  const widest = at({ ...key, permissions: [...keyScopes] })
  for (const call of [admin, widest])
    assert.throws(() => assertGrantable(call, ['owner']), isCode('ROLE_TOO_HIGH'))
  assertGrantable(at({ ...admin.actor, permissions: [...rolePermissions.owner] }), ['owner'])
})
