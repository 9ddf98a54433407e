import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { generateSync } from 'otplib'
import { callWith, enter, isCode, logInFor, openTenant, PASSWORD, visit } from '../testbed/open-testbed.ts'
import { type LoginTestbed, openLoginTestbed } from './testbed/open-login-testbed.ts'
import { browse } from './testbed/openid-server.ts'

let bed: LoginTestbed
before(async () => {
  bed = await openLoginTestbed()
})
after(() => bed?.close())

const context = visit()
const finish = (end: Awaited<ReturnType<LoginTestbed['travel']>>, call = context) =>
  bed.testbed.client.oauth.finish(end, { context: call })
const knows = (id: string, email = `${id}@example.com`, email_verified = true) =>
  bed.people.set(id, { email, email_verified, name: `Name of ${id}` })

test('somebody new becomes a user, and is the same user ever after, whatever their address', async () => {
  knows('mina')
  const first = await bed.enter('mina')
  const me = await bed.testbed.client.users.me({}, { context: first })
  assert.deepEqual([me.email, me.emailVerified, me.name], ['mina@example.com', true, 'Name of mina'])
  assert.deepEqual(me.roles, ['member'])
  assert.deepEqual(await bed.testbed.eventsOf(me.id), ['identity.user.registered', 'identity.user.verified'])
  knows('mina', 'mina@elsewhere.example')
  const again = await bed.enter('mina')
  assert.equal(again.actor.id, first.actor.id)
  const { accounts } = await bed.testbed.client.oauth.listAccounts({}, { context: again })
  assert.equal(accounts[0]!.email, 'mina@elsewhere.example')
  const rows = await bed.testbed.ask(sql`select methods from identity.sessions
    where id = ${again.actor.sessionId}`)
  assert.deepEqual(rows, [{ methods: ['oauth'] }])
})

test('what was begun ends once, with its own state, in its own tenant and browser', async () => {
  knows('reza')
  const reseller = await openTenant(bed.testbed, bed.owner, 'reseller', 'elsewhere')
  await bed.addProvider('work', {}, reseller.call)
  const end = await bed.travel('reza')
  const other = await bed.travel('reza')
  await assert.rejects(finish({ ...end, state: 'fro_nobody-began-this' }), isCode('OAUTH_STATE_INVALID'))
  await assert.rejects(finish({ ...end, handle: other.handle }), isCode('OAUTH_STATE_INVALID'))
  const there = visit({ tenantId: reseller.tenant.id })
  await assert.rejects(finish(end, there), isCode('OAUTH_STATE_INVALID'))
  const owned = bed.testbed.client.oauth.finishLink(end, { context: bed.owner })
  await assert.rejects(owned, isCode('OAUTH_STATE_INVALID'))
  const results = await Promise.allSettled([finish(end), finish(end), finish(end)])
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
  await assert.rejects(finish(end), isCode('OAUTH_STATE_INVALID'))
  await bed.testbed.ask(sql`update identity.oauth_logins set expires_at = expires_at - interval '10 minutes'`)
  await assert.rejects(finish(other), isCode('OAUTH_STATE_INVALID'))
})

test('two first logins by one account at once make one user', async () => {
  knows('twin')
  const ends = [await bed.travel('twin'), await bed.travel('twin'), await bed.travel('twin')]
  const answers = await Promise.all(ends.map((end) => finish(end)))
  const users = answers.map((answer) => 'accessToken' in answer && callWith(answer.accessToken).actor.id)
  assert.equal(new Set(users).size, 1)
})

test('an expired beginning is removed, and its secrets stand nowhere in the open', async () => {
  const { authorizationUrl } = await bed.begin()
  const { searchParams } = new URL(authorizationUrl)
  assert.equal(searchParams.get('code_challenge_method'), 'S256')
  const rows = await bed.testbed.ask(sql<{ text: string }>`select row::text as text
    from identity.oauth_logins as row`)
  assert.ok(rows.length > 0)
  for (const secret of ['state', 'nonce'])
    assert.ok(rows.every(({ text }) => !text.includes(searchParams.get(secret)!)))
  await bed.testbed.ask(sql`update identity.oauth_logins set expires_at = now() - interval '1 second'`)
  await bed.testbed.jobs['identity.remove-expired']()
  assert.deepEqual(await bed.testbed.ask(sql`select id from identity.oauth_logins`), [])
})

test('who breaks off at the provider is told so, and a code is nobody else’s', async () => {
  knows('shy')
  const { authorizationUrl, handle } = await bed.begin()
  const end = { handle, ...(await browse(authorizationUrl, 'break off')) }
  assert.equal(end.error, 'access_denied')
  await assert.rejects(finish(end), isCode('OAUTH_DENIED'))
  const [mine, theirs] = [await bed.travel('shy'), await bed.travel('shy')]
  // PKCE: the code was asked for with another verifier.
  await assert.rejects(finish({ ...mine, code: theirs.code! }), isCode('OAUTH_ANSWER_INVALID'))
  const { code: _, ...empty } = theirs
  await assert.rejects(finish(empty), isCode('OAUTH_ANSWER_INVALID'))
  const mixed = { ...(await bed.travel('shy')), iss: 'https://another.example' }
  await assert.rejects(finish(mixed), isCode('OAUTH_ANSWER_INVALID'))
})

test('nobody begins or ends by a paused provider, and one that is used isn’t removed', async () => {
  knows('late')
  const { id } = await bed.addProvider('paused')
  const end = await bed.travel('late', 'paused')
  const context = { context: bed.owner }
  await bed.testbed.client.oauth.changeProvider({ id, state: 'paused' }, context)
  await assert.rejects(finish(end), isCode('OAUTH_PROVIDER_UNKNOWN'))
  await assert.rejects(bed.begin('paused'), isCode('OAUTH_PROVIDER_UNKNOWN'))
  await bed.testbed.client.oauth.changeProvider({ id, state: 'active' }, context)
  await bed.enter('late', 'paused')
  const removed = bed.testbed.client.oauth.removeProvider({ id }, context)
  await assert.rejects(removed, isCode('OAUTH_PROVIDER_IN_USE'))
})

test('a suspended user stays outside, and so do all of a suspended tenant', async () => {
  knows('banned')
  const { actor } = await bed.enter('banned')
  await bed.testbed.client.users.suspend({ id: actor.id! }, { context: bed.owner })
  await assert.rejects(bed.enter('banned'), isCode('OAUTH_LOGIN_REFUSED'))
  // Nor by another account with the same address.
  knows('banned too', 'banned@example.com')
  await assert.rejects(bed.enter('banned too'), isCode('OAUTH_LOGIN_REFUSED'))
  const reseller = await openTenant(bed.testbed, bed.owner, 'reseller', 'closed')
  await bed.addProvider('work', {}, reseller.call)
  const there = visit({ tenantId: reseller.tenant.id })
  const end = await bed.travel('banned', 'work', there)
  await bed.testbed.client.tenants.suspend({ id: reseller.tenant.id }, { context: bed.owner })
  await assert.rejects(finish(end, there), isCode('TENANT_SUSPENDED'))
  await assert.rejects(bed.begin('work', there), isCode('TENANT_SUSPENDED'))
})

test('a second factor is due after an account elsewhere as it is after a password', async () => {
  knows('careful')
  const call = await bed.enter('careful')
  const { client } = bed.testbed
  const { id, secret } = await client.factors.addTotp({}, { context: call })
  const show = (steps: number) => generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + steps * 30 })
  await client.factors.verifyTotp({ id, code: show(0) }, { context: call })
  const half = await finish(await bed.travel('careful'))
  assert.ok('mfaToken' in half)
  const wrong = client.auth.loginSecond({ mfaToken: half.mfaToken, code: '000 000' }, { context })
  await assert.rejects(wrong, isCode('MFA_CODE_WRONG'))
  const whole = await client.auth.loginSecond({ mfaToken: half.mfaToken, code: show(1) }, { context })
  const rows = await bed.testbed.ask(sql`select methods from identity.sessions
    where id = ${callWith(whole.accessToken).actor.sessionId}`)
  assert.deepEqual(rows, [{ methods: ['oauth', 'totp'] }])
})

test('who must have a second factor and has none may do nothing else than set one up', async () => {
  knows('obliged')
  const { actor } = await bed.enter('obliged')
  await bed.testbed.ask(sql`update identity.users set requires_mfa = true where id = ${actor.id}`)
  assert.deepEqual((await bed.enter('obliged')).actor.permissions, ['self:factors'])
})

test('a trusted provider’s word for a proven address is enough: the account is linked', async () => {
  const { call } = await enter(bed.testbed, 'sara@example.com')
  knows('sara', 'SARA@example.com')
  const linked = await bed.enter('sara')
  assert.equal(linked.actor.id, call.actor.id)
  await logInFor(bed.testbed, { email: 'sara@example.com', password: PASSWORD })
  // The address has changed hands at the provider.
  knows('another sara', 'sara@example.com')
  await assert.rejects(bed.enter('another sara'), isCode('OAUTH_LOGIN_NEEDED'))
})

test('an address that somebody registered and never proved goes to whom the provider knows by it', async () => {
  const email = 'squatted@example.com'
  await bed.testbed.client.auth.register({ email, password: 'the squatter’s' }, { context })
  const former = await bed.testbed.readMail(email)
  knows('rightful', email)
  await bed.enter('rightful')
  const late = bed.testbed.client.auth.verifyEmail({ token: former }, { context })
  await assert.rejects(late, isCode('USER_TOKEN_INVALID'))
  const guess = logInFor(bed.testbed, { email, password: 'the squatter’s' })
  await assert.rejects(guess, isCode('LOGIN_REFUSED'))
})

test('without the provider’s word the address is proven by mail, and only then is the account linked', async () => {
  for (const [id, provider, verified] of [
    ['untrusted', 'open', true],
    ['unproven', 'work', false],
  ] as const) {
    if (provider === 'open') await bed.addProvider('open', { trustsEmail: false })
    knows(id, `${id}@example.com`, verified)
    await assert.rejects(bed.enter(id, provider), isCode('OAUTH_EMAIL_UNPROVEN'))
    await assert.rejects(bed.enter(id, provider), isCode('OAUTH_EMAIL_UNPROVEN'))
    const token = await bed.testbed.readMail(`${id}@example.com`)
    const user = await bed.testbed.client.auth.verifyEmail({ token }, { context })
    assert.equal((await bed.enter(id, provider)).actor.id, user.id)
  }
})

test('an account that nobody vouches for takes no user over, and learns nothing of them', async () => {
  const { call } = await enter(bed.testbed, 'victim@example.com')
  knows('attacker', 'victim@example.com', false)
  knows('attacker of nobody', 'nobody@example.com', false)
  await assert.rejects(bed.enter('attacker'), isCode('OAUTH_EMAIL_UNPROVEN'))
  await assert.rejects(bed.enter('attacker of nobody'), isCode('OAUTH_EMAIL_UNPROVEN'))
  const types = await bed.testbed.eventsOf(call.actor.id!)
  assert.equal(types.at(-1), 'identity.registration.repeated')
  const { accounts } = await bed.testbed.client.oauth.listAccounts({}, { context: call })
  assert.deepEqual(accounts, [])
})

test('whoever sets the password of an address by mail leaves an attacker’s waiting account outside', async () => {
  const email = 'hijack@example.com'
  knows('hijacker', email, false)
  await assert.rejects(bed.enter('hijacker'), isCode('OAUTH_EMAIL_UNPROVEN'))
  const former = await bed.testbed.readMail(email)
  await bed.testbed.client.auth.forgotPassword({ email }, { context })
  await bed.testbed.runJobs('identity.mail-password-reset')
  const reset = { token: await bed.testbed.readMail(email), password: PASSWORD }
  await bed.testbed.client.auth.resetPassword(reset, { context })
  await assert.rejects(
    bed.testbed.client.auth.verifyEmail({ token: former }, { context }),
    isCode('USER_TOKEN_INVALID'),
  )
  await assert.rejects(bed.enter('hijacker'), isCode('OAUTH_EMAIL_UNPROVEN'))
})

test('who tells no address becomes no user', async () => {
  bed.people.set('nameless', { name: 'Nameless' })
  await assert.rejects(bed.enter('nameless'), isCode('OAUTH_EMAIL_MISSING'))
})
