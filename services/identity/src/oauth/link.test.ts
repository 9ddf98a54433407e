import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Call } from '@flatrender/contracts/call'
import { sql } from 'kysely'
import { enter, isCode } from '../testbed/open-testbed.ts'
import { type LoginTestbed, openLoginTestbed } from './testbed/open-login-testbed.ts'
import { browse, REDIRECT_URI } from './testbed/openid-server.ts'

let bed: LoginTestbed
before(async () => {
  bed = await openLoginTestbed()
  await bed.addProvider('second')
})
after(() => bed?.close())

const age = (call: Call) =>
  bed.testbed.ask(sql`update identity.sessions set proven_at = now() - interval '16 minutes'
    where id = ${call.actor.sessionId}`)
const beginLink = async (call: Call, login: string, provider = 'work') => {
  const asked = { provider, redirectUri: REDIRECT_URI }
  const { authorizationUrl, handle } = await bed.testbed.client.oauth.beginLink(asked, { context: call })
  return { handle, ...(await browse(authorizationUrl, { login })) }
}
const link = async (call: Call, login: string, provider = 'work') =>
  bed.testbed.client.oauth.finishLink(await beginLink(call, login, provider), { context: call })
const list = async (call: Call) =>
  (await bed.testbed.client.oauth.listAccounts({}, { context: call })).accounts
const unlink = (call: Call, id: string) => bed.testbed.client.oauth.unlink({ id }, { context: call })

test('a user links an account, whose address doesn’t matter, and logs in by it', async () => {
  const { call } = await enter(bed.testbed, 'mina@example.com')
  bed.people.set('mina', { email: 'another@example.com', email_verified: false })
  const account = await link(call, 'mina')
  assert.deepEqual(account.provider, { key: 'work', name: 'Work' })
  assert.deepEqual(await list(call), [account])
  assert.equal((await bed.enter('mina')).actor.id, call.actor.id)
  assert.equal((await link(call, 'mina')).id, account.id)
  assert.deepEqual(await bed.testbed.eventsOf(account.id), ['identity.oauth_account.linked'])
})

test('an account has one user, and a user one account of each provider', async () => {
  const [first, second] = [
    await enter(bed.testbed, 'first@example.com'),
    await enter(bed.testbed, 'second@example.com'),
  ]
  bed.people.set('one', { email: 'one@example.com' })
  bed.people.set('two', { email: 'two@example.com' })
  await link(first.call, 'one')
  await assert.rejects(link(second.call, 'one'), isCode('OAUTH_ACCOUNT_TAKEN'))
  await assert.rejects(link(first.call, 'two'), isCode('OAUTH_ACCOUNT_TAKEN'))
  await link(second.call, 'two')
})

test('what one user began, no other finishes', async () => {
  const [victim, attacker] = [
    await enter(bed.testbed, 'victim@example.com'),
    await enter(bed.testbed, 'attacker@example.com'),
  ]
  bed.people.set('evil', { email: 'evil@example.com' })
  const end = await beginLink(attacker.call, 'evil')
  await assert.rejects(
    bed.testbed.client.oauth.finishLink(end, { context: victim.call }),
    isCode('OAUTH_STATE_INVALID'),
  )
  assert.deepEqual(await list(victim.call), [])
})

test('linking and unlinking ask for a login that was proven lately', async () => {
  const { call } = await enter(bed.testbed, 'stale@example.com')
  bed.people.set('stale', { email: 'stale@example.com' })
  const { id } = await link(call, 'stale')
  await age(call)
  await assert.rejects(unlink(call, id), isCode('STEP_UP_REQUIRED'))
  await assert.rejects(beginLink(call, 'stale', 'second'), isCode('STEP_UP_REQUIRED'))
})

test('whoever has a password may unlink every account; whoever has none keeps one', async () => {
  const { call: withPassword } = await enter(bed.testbed, 'both@example.com')
  bed.people.set('both', { email: 'both@example.com' })
  const { id } = await link(withPassword, 'both')
  await unlink(withPassword, id)
  await assert.rejects(unlink(withPassword, id), isCode('OAUTH_ACCOUNT_UNKNOWN'))
  bed.people.set('only', { email: 'only@example.com', email_verified: true })
  const without = await bed.enter('only')
  const [first] = await list(without)
  await assert.rejects(unlink(without, first!.id), isCode('OAUTH_ACCOUNT_NEEDED'))
  const other = await link(without, 'only', 'second')
  await unlink(without, first!.id)
  await assert.rejects(unlink(without, other.id), isCode('OAUTH_ACCOUNT_NEEDED'))
  // By a provider that is paused nobody logs in.
  await link(without, 'only')
  const pause = (state: 'active' | 'paused') =>
    bed.testbed.client.oauth.changeProvider({ id: bed.work.id, state }, { context: bed.owner })
  await pause('paused')
  await assert.rejects(unlink(without, other.id), isCode('OAUTH_ACCOUNT_NEEDED'))
  await pause('active')
  await unlink(without, other.id)
  await assert.rejects(unlink(withPassword, other.id), isCode('OAUTH_ACCOUNT_UNKNOWN'))
})
