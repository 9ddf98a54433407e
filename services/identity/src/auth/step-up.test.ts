import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Call } from '@flatrender/contracts/call'
import { sql } from 'kysely'
import { generateSync } from 'otplib'
import {
  callAsSystem,
  enter,
  enterAsOwner,
  isCode,
  logInAs,
  openTestbed,
  PASSWORD,
  type Testbed,
} from '../testbed/open-testbed.ts'

let testbed: Testbed
let owner: Call
before(async () => {
  testbed = await openTestbed()
  owner = await enterAsOwner(testbed)
})
after(() => testbed?.close())

/** Lets a login have been proven so many minutes ago. */
const age = (call: Call, minutes: number) =>
  testbed.ask(sql`update identity.sessions set proven_at = now() - make_interval(mins => ${minutes})
    where id = ${call.actor.sessionId}`)
const makeKey = (by: Call) =>
  testbed.client.keys.create({ name: 'key', scopes: ['self:read', 'tenants:write'] }, { context: by })
const makeTenant = (by: Call, slug: string) =>
  testbed.client.tenants.create(
    { kind: 'customer', slug, name: slug, owner: { email: 'a@example.com', password: PASSWORD } },
    { context: by },
  )

test('a login is proven for 15 minutes; then dangerous acts ask again, and others don’t', async () => {
  const { client } = testbed
  const asOwner = { context: owner }
  const { id } = await makeTenant(owner, 'first')
  await age(owner, 14)
  await makeKey(owner)
  await age(owner, 16)
  const factor = '00000000-0000-7000-8000-000000000000'
  for (const act of [
    () => makeKey(owner),
    () => makeTenant(owner, 'second'),
    () => client.tenants.suspend({ id }, asOwner),
    () => client.factors.addTotp({}, asOwner),
    () => client.factors.remove({ id: factor }, asOwner),
    () => client.factors.replaceRecoveryCodes({}, asOwner),
  ])
    await assert.rejects(act(), isCode('STEP_UP_REQUIRED'))
  await client.users.changeMe({ name: 'Owner' }, asOwner)
  await client.tenants.resume({ id }, asOwner)
  await assert.rejects(client.auth.stepUp({ password: 'not this one' }, asOwner), isCode('PASSWORD_WRONG'))
  await assert.rejects(makeKey(owner), isCode('STEP_UP_REQUIRED'))
  const { provenUntil } = await client.auth.stepUp({ password: PASSWORD }, asOwner)
  const minutes = (Date.parse(provenUntil) - Date.now()) / 60_000
  assert.ok(minutes > 14 && minutes <= 15.1)
  await makeKey(owner)
})

test('it is this login alone that is proven', async () => {
  const other = await logInAs(testbed, 'owner@example.com')
  await age(owner, 16)
  await age(other, 16)
  await testbed.client.auth.stepUp({ password: PASSWORD }, { context: other })
  await assert.rejects(makeKey(owner), isCode('STEP_UP_REQUIRED'))
  await makeKey(other)
  await testbed.client.auth.logout({}, { context: other })
  await assert.rejects(
    testbed.client.auth.stepUp({ password: PASSWORD }, { context: other }),
    isCode('ACCESS_TOKEN_INVALID'),
  )
})

test('keys and FlatRender itself have nothing to prove, and a key can’t', async () => {
  await testbed.client.auth.stepUp({ password: PASSWORD }, { context: owner })
  const { key } = await makeKey(owner)
  const found = await testbed.client.access.resolveKey({ key, address: null }, { context: callAsSystem() })
  assert.ok(found !== null)
  const { actor } = found
  await age(owner, 16)
  await makeTenant({ ...owner, actor }, 'by-key')
  await makeKey(callAsSystem())
  const wide = { ...owner, actor: { ...actor, permissions: ['self:factors'] } }
  await assert.rejects(
    testbed.client.auth.stepUp({ password: PASSWORD }, { context: wide }),
    isCode('ACCESS_UNPROVEN'),
  )
})

test('whoever has a factor proves a login by a code of it, once, and guesses are throttled', async () => {
  const { client } = testbed
  const { call } = await enter(testbed, 'factor@example.com')
  const context = { context: call }
  const { id, secret } = await client.factors.addTotp({}, context)
  const show = (steps: number) => generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + steps * 30 })
  const { recoveryCodes } = await client.factors.verifyTotp({ id, code: show(0) }, context)
  await age(call, 16)
  await assert.rejects(client.factors.remove({ id }, context), isCode('STEP_UP_REQUIRED'))
  await assert.rejects(client.auth.stepUp({ password: PASSWORD }, context), isCode('MFA_CODE_REQUIRED'))
  const code = show(1)
  await client.auth.stepUp({ code }, context)
  await assert.rejects(client.auth.stepUp({ code }, context), isCode('MFA_CODE_WRONG'))
  await client.auth.stepUp({ code: recoveryCodes[0]! }, context)
  const [session] = await testbed.ask(sql`select methods from identity.sessions
    where id = ${call.actor.sessionId}`)
  assert.deepEqual(session, { methods: ['password', 'totp', 'recovery_code'] })
  for (let time = 0; time < 5; time++)
    await assert.rejects(client.auth.stepUp({ code: 'not this one' }, context), isCode('MFA_CODE_WRONG'))
  await assert.rejects(client.auth.stepUp({ code: recoveryCodes[1]! }, context), isCode('LOGIN_THROTTLED'))
  await client.factors.remove({ id }, context)
})
