import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callWith, enterAsOwner, isCode, openTestbed, type Testbed, visit } from '../testbed/open-testbed.ts'
import { type GithubMood, openGithubServer } from './testbed/github-server.ts'
import { REDIRECT_URI } from './testbed/openid-server.ts'

let testbed: Testbed
let server: Awaited<ReturnType<typeof openGithubServer>>
before(async () => {
  testbed = await openTestbed({ localProviders: true, providerMilliseconds: 1000 })
  server = await openGithubServer()
  const { issuer } = server
  const said = { key: 'github', kind: 'github', name: 'GitHub', issuer, clientId: 'flatrender' } as const
  await testbed.client.oauth.createProvider(
    { ...said, clientSecret: 'github secret', redirectUris: [REDIRECT_URI] },
    { context: await enterAsOwner(testbed) },
  )
})
after(async () => {
  await testbed?.close()
  await server?.close()
})

const context = { context: visit() }
const enter = async (mood: GithubMood) => {
  const asked = { provider: 'github', redirectUri: REDIRECT_URI }
  const { authorizationUrl, handle } = await testbed.client.oauth.begin(asked, context)
  const answer = await testbed.client.oauth.finish(
    { handle, ...server.agree(authorizationUrl, mood) },
    context,
  )
  return callWith('accessToken' in answer ? answer.accessToken : '')
}
const proven = (email: string, primary = true) => ({ email, primary, verified: true })

test('who logs in by GitHub is known by the id there, and has the primary address', async () => {
  const first = await enter({
    id: 7,
    addresses: [proven('old@example.com', false), proven('mina@example.com')],
  })
  const me = await testbed.client.users.me({}, { context: first })
  assert.deepEqual([me.email, me.name], ['mina@example.com', 'mina'])
  const again = await enter({ id: 7, addresses: [proven('new@example.com')] })
  assert.equal(again.actor.id, first.actor.id)
})

test('an address that GitHub has not proven is proven by mail, and none is none', async () => {
  const unproven = { email: 'reza@example.com', primary: true, verified: false }
  await assert.rejects(enter({ id: 8, addresses: [unproven] }), isCode('OAUTH_EMAIL_UNPROVEN'))
  const token = await testbed.readMail('reza@example.com')
  const user = await testbed.client.auth.verifyEmail({ token }, context)
  assert.equal((await enter({ id: 8, addresses: [unproven] })).actor.id, user.id)
  await assert.rejects(enter({ id: 9, addresses: [] }), isCode('OAUTH_EMAIL_MISSING'))
})

test('failures, silence and nonsense of GitHub are told apart', async () => {
  const mood = { id: 10, addresses: [proven('late@example.com')] }
  for (const status of [500, 503, 429, 302])
    await assert.rejects(enter({ ...mood, status }), isCode('OAUTH_PROVIDER_UNREACHABLE'))
  await assert.rejects(enter({ ...mood, silent: true }), isCode('OAUTH_PROVIDER_UNREACHABLE'))
  for (const tokenAnswer of [{ error: 'bad_verification_code' }, { token: 1 }, []])
    await assert.rejects(enter({ ...mood, tokenAnswer }), isCode('OAUTH_ANSWER_INVALID'))
  await assert.rejects(enter({ ...mood, status: 404 }), isCode('OAUTH_ANSWER_INVALID'))
  const forged = { access_token: 'gho_another' }
  await assert.rejects(enter({ ...mood, tokenAnswer: forged }), isCode('OAUTH_ANSWER_INVALID'))
  await enter(mood)
})
