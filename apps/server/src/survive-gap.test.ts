import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeUrl, derivePassword, withClient } from '@flatrender/database'
import { type Answer, type Api, eventually, openApi } from './testbed/api-client.ts'
import { findPostgres, killHard } from './testbed/kill-hard.ts'
import { openHome } from './testbed/open-home.ts'
import { openWay } from './testbed/open-way.ts'
import { makeHome, passwordOf, runServer, type ServerProcess, urlOf } from './testbed/run-server.ts'

const NOTHING = /(?!)/
const ROLE = 'flatrender_identity'
/** What one request that makes a key leaves behind. */
const TRACES = `select prefix,
    (select count(*)::int from identity.tenant_api_keys same where same.name = made.name) as keys,
    (select count(*)::int from platform.events where type = 'identity.key.created' and subject = made.id::text) as events,
    (select count(*)::int from identity.audit_logs where action = 'key.created' and subject = made.id::text) as audits
  from identity.tenant_api_keys made where name = $1`

test('killed between commit and answer, each in its turn: who asks again gets the first answer, and it was done once', async () => {
  const { home, remove } = await makeHome()
  const stack = new AsyncDisposableStack()
  stack.defer(remove)
  try {
    const { keys, ownerUrl, close } = await openHome(home)
    stack.defer(close)
    const { port } = new URL(ownerUrl)
    const toPostgres = await openWay(Number(port))
    stack.defer(() => toPostgres.close())
    const roleUrl = new URL(changeUrl(ownerUrl, { user: ROLE, password: derivePassword(keys.present, ROLE) }))
    roleUrl.port = String(toPostgres.port)

    const environment = { FLATRENDER_HOME: home, FLATRENDER_IDENTITY_DATABASE_URL: roleUrl.href }
    // Nobody asks them anything here.
    const nowhere = Object.fromEntries(
      ['CONTENT', 'FILE', 'RENDER', 'NOTIFICATION'].map((name) => [
        `FLATRENDER_${name}_URL`,
        'http://127.0.0.1:1',
      ]),
    )
    const forIdentity = { ...environment, ...nowhere }
    let identity = runServer(forIdentity, '--services=identity')
    stack.defer(async () => void (await identity.stop()))
    const FLATRENDER_INTERNAL_PORT = new URL(await identity.find(/answers other services at (\S+)/)).port
    const toIdentity = await openWay(Number(FLATRENDER_INTERNAL_PORT))
    const owner = { email: 'owner@flatrender.local', password: await passwordOf(identity) }
    const identityUrl = `http://127.0.0.1:${toIdentity.port}`
    // Nobody asks for templates here.
    const forGateway = {
      ...environment,
      FLATRENDER_IDENTITY_URL: identityUrl,
      FLATRENDER_CONTENT_URL: identityUrl,
      FLATRENDER_FILE_URL: identityUrl,
      FLATRENDER_RENDER_URL: identityUrl,
    }
    let gateway: ServerProcess = runServer(forGateway, '--services=gateway')
    stack.defer(async () => void (await gateway.stop()))
    // Before the gateway, which waits for answers under way.
    stack.defer(() => toIdentity.close())
    const url = await urlOf(gateway)
    const api = openApi(url)
    const { accessToken: token } = (await api('POST', '/auth/login', { body: owner })).body

    const look = (name: string) =>
      withClient(ownerUrl, async (client) => (await client.query(TRACES, [name])).rows)
    /** Asks, kills when the work is committed and its answer is in our hands, and asks again. */
    const surviveIn = async (name: string, held: () => string, kill: () => Promise<void>) => {
      const first = makeKey(api, token, name).catch(() => undefined)
      await eventually(60, async () => (held() !== '' && (await look(name)).length > 0 ? true : undefined))
      await kill()
      assert.notEqual((await first)?.status, 201, 'the first answer came through')
      const again = await eventually(60, async () => {
        const answer = await makeKey(api, token, name).catch(() => undefined)
        return answer?.status === 201 ? answer : undefined
      })
      assert.deepEqual((await makeKey(api, token, name)).body, again.body)
      const { key } = again.body
      const traces = await look(name)
      assert.deepEqual(traces, [{ prefix: traces[0]?.prefix, keys: 1, events: 1, audits: 1 }])
      assert.ok(key.startsWith(`${traces[0]?.prefix}_`))
      assert.equal((await api('GET', '/tenants', { token: key })).status, 200)
      return key
    }

    let held = toIdentity.hold(/"name":"identity dies"/)
    let lost = ''
    const first = await surviveIn('identity dies', held, async () => {
      lost = held()
      toIdentity.hold(NOTHING)
      await killHard(identity)
      identity = runServer({ ...forIdentity, FLATRENDER_INTERNAL_PORT }, '--services=identity')
      await identity.find(/Running/)
    })
    // The very answer that was lost is what was given later.
    assert.ok(lost.includes(first))

    held = toIdentity.hold(/"name":"gateway dies"/)
    const second = await surviveIn('gateway dies', held, async () => {
      lost = held()
      toIdentity.hold(NOTHING)
      await killHard(gateway)
      gateway = runServer({ ...forGateway, FLATRENDER_PORT: new URL(url).port }, '--services=gateway')
      await urlOf(gateway)
    })
    assert.ok(lost.includes(second))

    // PostgreSQL has written it, but its word doesn't reach the service.
    held = toPostgres.hold(/postgres dies[\s\S]*\bcommit\b/i)
    await surviveIn('postgres dies', held, async () => {
      assert.match(held(), /COMMIT/)
      toPostgres.hold(NOTHING)
      process.kill(await findPostgres(home), 'SIGKILL')
    })
  } finally {
    await stack.disposeAsync()
  }
})

function makeKey(api: Api, token: string, name: string): Promise<Answer> {
  const body = { name, scopes: ['tenants:read'] }
  return api('POST', '/api-keys', { token, body, headers: { 'idempotency-key': name } })
}
