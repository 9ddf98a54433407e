import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { placeOf } from '@flatrender/contracts/secrets'
import { withClient } from '@flatrender/database'
import { headOf, seal } from '@flatrender/platform/secrets'
import { eventually, openApi, readMails } from './testbed/api-client.ts'
import { dumpDatabase } from './testbed/dump-database.ts'
import { makeCode } from './testbed/make-code.ts'
import { makeSecrets } from './testbed/make-secrets.ts'
import { openHome } from './testbed/open-home.ts'
import { makeHome, passwordOf, runServer, urlOf } from './testbed/run-server.ts'

const program = fileURLToPath(new URL('../../cli/bin/flatrender.mjs', import.meta.url))

/** Runs `flatrender rotate-key`; killed hard as soon as it says what `killAt` matches. */
async function rotate(
  home: string,
  killAt?: RegExp,
  more: NodeJS.ProcessEnv = {},
): Promise<{ code: number | null; said: string }> {
  const environment = { ...process.env, FLATRENDER_HOME: home, ...more }
  const child = spawn(process.execPath, [program, 'rotate-key'], { env: environment })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
    if (killAt?.test(said)) child.kill('SIGKILL')
  })
  const [code] = await once(child, 'close')
  return { code, said }
}

/** What is sealed by a key begins with these bytes, in each of the ways in which a dump shows them. */
function showSealed(key: Buffer): RegExp {
  const head = headOf(key)
  const base64 = head.toString('base64').slice(0, 6).replaceAll('+', '\\+')
  return new RegExp(`\\\\x${head.toString('hex')}|"${base64}`)
}

/** A job that waits, as `forgot-password` leaves one: its address is sealed too. */
async function addWaitingJob(ownerUrl: string, key: Buffer): Promise<void> {
  const id = randomUUID()
  const task = 'identity.mail-password-reset'
  const place = placeOf('graphile_worker._private_jobs.payload', { task, id })
  const sealedEmail = seal({ present: key, former: [] }, place, 'owner@flatrender.local').toString('base64')
  const tenantId = '00000000-0000-0000-0000-000000000001'
  const payload = { id, tenantId, sealedEmail, requestId: 'r', address: null, userAgent: null }
  await withClient(ownerUrl, (client) =>
    client.query(
      `select graphile_worker.add_job('identity.mail-password-reset', $1::json, run_at => now() + interval '1 day')`,
      [JSON.stringify(payload)],
    ),
  )
}
const DO_NOW = `select graphile_worker.reschedule_jobs(array(select id from graphile_worker._private_jobs where run_at > now() + interval '20 hours'), run_at => now())`

const readKeys = async (home: string) =>
  (await readFile(path.join(home, 'secret.key'), 'utf8')).trim().split('\n')

// Each has an installation of its own, and waits for processes most of the time.
describe('a secret key is changed', { concurrency: true }, () => {
  test('another key, killed at every step: all that was sealed opens, all who were known are, the old key opens nothing', async () => {
    const { home, remove } = await makeHome()
    let server = runServer({ FLATRENDER_HOME: home })
    try {
      let api = openApi(await urlOf(server))
      const ownerPassword = await passwordOf(server)
      const made = await makeSecrets(api, home, ownerPassword)
      const inUse = await rotate(home)
      assert.match(inUse.said, /^DATABASE_IN_USE: /m)
      assert.equal((await readKeys(home)).length, 1)
      assert.equal(await server.stop(), 0)

      const [old = ''] = await readKeys(home)
      const oldKey = Buffer.from(old, 'base64')
      const sealedByOld = showSealed(oldKey)
      const before = await openHome(home)
      assert.match(await dumpDatabase(before.ownerUrl), sealedByOld)
      await addWaitingJob(before.ownerUrl, oldKey)
      await before.close()

      const owner = { email: 'owner@flatrender.local', password: ownerPassword }
      /** The first key's answer comes again: it was sealed, and its request is known by its hash. */
      const works = async () => {
        server = runServer({ FLATRENDER_HOME: home })
        api = openApi(await urlOf(server))
        const { accessToken } = (await api('POST', '/auth/login', { body: owner })).body
        const again = await api('POST', '/api-keys', { token: accessToken, ...made.createKey })
        assert.deepEqual([again.status, again.body.key], [201, made.apiKey], JSON.stringify(again.body))
        const body = { name: 'other', scopes: ['tenants:read'] }
        const other = await api('POST', '/api-keys', { token: accessToken, ...made.createKey, body })
        assert.equal(other.body.code, 'REQUEST_KEY_REUSED')
        assert.equal((await api('GET', '/tenants', { token: made.apiKey })).status, 200)
      }
      for (const moment of [/the new key is in/, /the services log in/, /secrets are sealed/]) {
        const killed = await rotate(home, moment)
        assert.equal(killed.code, null, killed.said)
        assert.equal((await readKeys(home)).length, 2)
        await works()
        assert.equal(await server.stop(), 0)
      }
      const { code, said } = await rotate(home)
      assert.equal(code, 0, said)
      const keys = await readKeys(home)
      assert.equal(keys.length, 1)
      assert.notEqual(keys[0], old)

      await works()
      const present = await openHome(home)
      const dump = await dumpDatabase(present.ownerUrl)
      assert.doesNotMatch(dump, sealedByOld)
      assert.match(dump, showSealed(present.keys.present))

      const mailed = (await readMails(home, owner.email)).length
      await withClient(present.ownerUrl, (client) => client.query(DO_NOW))
      await eventually(60, async () =>
        (await readMails(home, owner.email)).length > mailed ? true : undefined,
      )
      await present.close()

      // Second factors, logins under way and mails that wait for their answer.
      const login = { email: 'sara@example.com', password: made.secrets.password }
      const { mfaToken } = (await api('POST', '/auth/login', { body: login })).body
      const second = { mfaToken, code: makeCode(made.totpSecret, 1) }
      assert.equal((await api('POST', '/auth/login/second', { body: second })).status, 200)
      const { refreshToken } = made
      assert.equal((await api('POST', '/auth/refresh', { body: { refreshToken } })).status, 200)
      const token = made.secrets.pendingToken
      assert.equal((await api('POST', '/auth/verify-email', { body: { token } })).status, 200)
      const pending = { email: 'nima@example.com', password: made.secrets.pendingPassword }
      assert.equal((await api('POST', '/auth/login', { body: pending })).status, 200)

      const former = runServer({ FLATRENDER_HOME: home, FLATRENDER_SECRET_KEY: old })
      assert.equal(await former.ended, 1)
      assert.match(former.output(), /^SECRET_KEY_DIFFERS: /m)
      assert.equal(await server.stop(), 0)
    } finally {
      await server.stop()
      await remove()
    }
  })

  test('a gateway by itself is seen too: no key is changed under it', async () => {
    const { home, remove } = await makeHome()
    // Nothing listens there: a gateway starts without its services.
    const nowhere = 'http://127.0.0.1:1'
    const environment = {
      FLATRENDER_HOME: home,
      FLATRENDER_IDENTITY_URL: nowhere,
      FLATRENDER_CONTENT_URL: nowhere,
      FLATRENDER_FILE_URL: nowhere,
      FLATRENDER_RENDER_URL: nowhere,
    }
    const gateway = runServer(environment, '--services=gateway')
    try {
      await urlOf(gateway)
      const inUse = await rotate(home)
      assert.match(inUse.said, /^DATABASE_IN_USE: /m)
      assert.equal((await readKeys(home)).length, 1)
      assert.equal(await gateway.stop(), 0)
      assert.equal((await rotate(home)).code, 0)
    } finally {
      await gateway.stop()
      await remove()
    }
  })

  test('keys that come from the environment: the new one seals, the former opens until it is taken away', async () => {
    const { home, remove } = await makeHome()
    const [old, fresh] = [randomBytes(32), randomBytes(32)].map((key) => key.toString('base64'))
    const withOld = { FLATRENDER_SECRET_KEY: old }
    const withBoth = { FLATRENDER_SECRET_KEY: fresh, FLATRENDER_FORMER_SECRET_KEYS: old }
    const withNew = { FLATRENDER_SECRET_KEY: fresh }
    const email = 'owner@flatrender.local'
    const createKey = {
      body: { name: 'reader', scopes: ['tenants:read'] },
      headers: { 'idempotency-key': 'the-only-key' },
    }
    let server = runServer({ FLATRENDER_HOME: home, ...withOld })
    try {
      const password = await passwordOf(server)
      const ask = async () => {
        const api = openApi(await urlOf(server))
        const { accessToken } = (await api('POST', '/auth/login', { body: { email, password } })).body
        return (await api('POST', '/api-keys', { token: accessToken, ...createKey })).body.key
      }
      const first = await ask()
      assert.match(first, /^fr_live_/)
      const restart = async (environment: NodeJS.ProcessEnv) => {
        assert.equal(await server.stop(), 0)
        server = runServer({ FLATRENDER_HOME: home, ...environment })
      }
      // The first answer was sealed by the former key, and opens.
      await restart(withBoth)
      assert.equal(await ask(), first)
      assert.equal(await server.stop(), 0)
      const { code, said } = await rotate(home, undefined, withBoth)
      assert.equal(code, 0, said)
      assert.match(said, /take the old key out of FLATRENDER_FORMER_SECRET_KEYS/)
      await restart(withNew)
      assert.equal(await ask(), first)
      await restart(withOld)
      assert.equal(await server.ended, 1)
      assert.match(server.output(), /^SECRET_KEY_DIFFERS: /m)
    } finally {
      await server.stop()
      await remove()
    }
  })
})
