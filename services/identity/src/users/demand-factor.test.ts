import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Call } from '@flatrender/contracts/call'
import { sql } from 'kysely'
import {
  enter,
  enterAsOwner,
  isCode,
  logInAs,
  openTenant,
  openTestbed,
  type Testbed,
  visit,
} from '../testbed/open-testbed.ts'
import { openSoftAuthenticator } from '../testbed/soft-authenticator.ts'

let testbed: Testbed
let owner: Call
before(async () => {
  testbed = await openTestbed()
  owner = await enterAsOwner(testbed)
})
after(() => testbed?.close())

const demand = (id: string | null, required = true, by = owner) =>
  testbed.client.users.demandFactor({ id: id!, required }, { context: by })
const refresh = (refreshToken: string) => testbed.client.auth.refresh({ refreshToken }, { context: visit() })
const setUp = async (call: Call) => {
  const options = await testbed.client.factors.addWebauthn({}, { context: call })
  const attestation = openSoftAuthenticator().create(options)
  await testbed.client.factors.verifyWebauthn({ attestation }, { context: call })
}

test('who must have a factor is logged out, and may set one up and nothing else', async () => {
  const email = 'must@example.com'
  const { call, tokens } = await enter(testbed, email)
  const { id } = call.actor
  assert.equal((await demand(id)).mustHaveFactor, true)
  assert.equal((await demand(id)).mustHaveFactor, true)
  await assert.rejects(refresh(tokens.refreshToken), isCode('REFRESH_TOKEN_INVALID'))
  const confined = await logInAs(testbed, email)
  assert.deepEqual(confined.actor.permissions, ['self:factors'])
  await setUp(confined)
  assert.equal((await demand(id, false)).mustHaveFactor, false)
  const events = (await testbed.eventsOf(id!)).filter((type) => type.includes('.user.factor'))
  assert.deepEqual(events, ['identity.user.factor_demanded', 'identity.user.factor_excused'])
  const audit = await testbed.ask(sql`select action from identity.audit_logs
    where actor_id = ${owner.actor.id} and subject = ${id} order by happened_at`)
  assert.deepEqual(audit, [{ action: 'user.factor_demanded' }, { action: 'user.factor_excused' }])
})

test('who has a factor already goes on', async () => {
  const { call, tokens } = await enter(testbed, 'has@example.com')
  await setUp(call)
  await demand(call.actor.id)
  await refresh(tokens.refreshToken)
  const { users } = await testbed.client.users.list({}, { context: owner })
  assert.equal(users.find(({ id }) => id === call.actor.id)?.mustHaveFactor, true)
})

test('it takes a login proven lately, and one who may do as much', async () => {
  const { call } = await enter(testbed, 'bounds@example.com')
  const { id } = call.actor
  await assert.rejects(demand(id, true, call), isCode('ACCESS_FORBIDDEN'))
  const narrow = { ...owner, actor: { ...owner.actor, permissions: ['users:write'] } }
  await assert.rejects(demand(id, true, narrow), isCode('ROLE_TOO_HIGH'))
  const other = await openTenant(testbed, owner, 'customer', 'elsewhere')
  await assert.rejects(demand(other.call.actor.id), isCode('USER_UNKNOWN'))
  await testbed.ask(sql`update identity.sessions set proven_at = now() - interval '16 minutes'
    where id = ${owner.actor.sessionId}`)
  await assert.rejects(demand(id, false), isCode('STEP_UP_REQUIRED'))
})
