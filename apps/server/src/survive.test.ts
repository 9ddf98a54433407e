import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { eventually, openApi, readMails, waitForCode } from './testbed/api-client.ts'
import { findPostgres, killHard } from './testbed/kill-hard.ts'
import { makeHome, passwordOf, runServer, type ServerProcess, urlOf } from './testbed/run-server.ts'

const password = 'a long quiet evening'

test('killed in the middle of a load, it has done all that it acknowledged, once, when it is back', async () => {
  const { home, remove } = await makeHome()
  let server = runServer({ FLATRENDER_HOME: home })
  try {
    const api = openApi(await urlOf(server))
    const emails = Array.from({ length: 24 }, (_, index) => `person${index}@example.com`)
    const acknowledged: string[] = []
    const load = emails.map(async (email) => {
      const answer = await api('POST', '/auth/register', { body: { email, password } }).catch(() => undefined)
      if (answer?.status === 202) acknowledged.push(email)
    })
    await eventually(30, async () => (acknowledged.length >= 6 ? true : undefined))
    await killHard(server)
    await Promise.all(load)
    assert.ok(acknowledged.length < emails.length, 'the load was over before the kill')

    server = runServer({ FLATRENDER_HOME: home })
    const again = openApi(await urlOf(server))
    for (const email of acknowledged) {
      const token = await waitForCode(home, email)
      const verified = await again('POST', '/auth/verify-email', { body: { token } })
      assert.equal(verified.status, 200, `${email}: ${JSON.stringify(verified.body)}`)
      const login = await again('POST', '/auth/login', { body: { email, password } })
      assert.equal(login.status, 200)
    }
    const twice = await Promise.all(acknowledged.map(async (email) => (await readMails(home, email)).length))
    // A process that dies between the mail's file and its own commit writes it again, with the same Message-ID.
    const ids = await Promise.all(
      acknowledged.map(
        async (email) =>
          new Set((await readMails(home, email)).map((mail) => /^Message-ID: .*$/im.exec(mail)?.[0])),
      ),
    )
    assert.ok(
      ids.every((known) => known.size === 1),
      `mails: ${twice.join(' ')}`,
    )
  } finally {
    await server.stop()
    await remove()
  }
})

test('PostgreSQL killed in the middle of a load is started again, and nothing acknowledged is lost', async () => {
  const { home, remove } = await makeHome()
  const server = runServer({ FLATRENDER_HOME: home })
  try {
    const api = openApi(await urlOf(server))
    const acknowledged: string[] = []
    const outcomes: number[] = []
    const load = Array.from({ length: 30 }, async (_, index) => {
      await setTimeout(index * 60)
      const email = `person${index}@example.com`
      const { status } = await api('POST', '/auth/register', { body: { email, password } })
      outcomes.push(status)
      if (status === 202) acknowledged.push(email)
    })
    await eventually(30, async () => (acknowledged.length >= 4 ? true : undefined))
    process.kill(await findPostgres(home), 'SIGKILL')
    await Promise.all(load)
    assert.deepEqual(new Set(outcomes.filter((status) => status !== 202)), new Set([503]))

    await eventually(30, async () =>
      (await fetch(new URL('/readyz', await urlOf(server)))).ok ? true : undefined,
    )
    for (const email of acknowledged) {
      const token = await waitForCode(home, email)
      assert.equal((await api('POST', '/auth/verify-email', { body: { token } })).status, 200, email)
    }
    assert.match(server.output(), /"failure":"DATABASE_LOST","msg":"database: .*started again/)
  } finally {
    assert.equal(await server.stop(), 0, server.output())
    await remove()
  }
})

test('PostgreSQL killed twice while many mails are made: all go out within a minute, and Ctrl-C ends all', async () => {
  const { home, remove } = await makeHome()
  const limits = Object.fromEntries(
    ['VISITOR', 'USER', 'TENANT'].map((whose) => [`FLATRENDER_GATEWAY_${whose}_LIMIT`, '100000']),
  )
  const server = runServer({ FLATRENDER_HOME: home, ...limits })
  try {
    const api = openApi(await urlOf(server))
    const body = { email: 'owner@flatrender.local', password: await passwordOf(server) }
    const token: string = (await api('POST', '/auth/login', { body })).body.accessToken
    const invited: string[] = []
    let next = 0
    let over = false
    const load = Array.from({ length: 12 }, async () => {
      while (!over) {
        const email = `guest${next++}@example.com`
        const answer = await api('POST', '/invitations', { token, body: { email, role: 'member' } })
        if (answer.status === 201) invited.push(email)
        else await setTimeout(100)
      }
    })
    for (let kill = 0; kill < 2; kill++) {
      const before = invited.length
      await eventually(60, async () => (invited.length > before + 60 ? true : undefined))
      process.kill(await findPostgres(home), 'SIGKILL')
    }
    const after = invited.length
    await eventually(60, async () => (invited.length > after + 20 ? true : undefined))
    over = true
    await Promise.all(load)

    const folder = path.join(home, 'mail')
    await eventually(60, async () => {
      const names = (await readdir(folder)).filter((name) => name.endsWith('.eml'))
      const mails = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')))
      const reached = new Set(mails.map((mail) => /^To: (\S+)/m.exec(mail)?.[1]))
      return invited.every((email) => reached.has(email)) ? true : undefined
    })
    assert.doesNotMatch(server.output(), /This is a bug/)
  } finally {
    const ending = server.stop()
    const late = setTimeout(15_000, 'it did not end in 15 s', { ref: false })
    const outcome = await Promise.race([ending, late])
    if (outcome !== 0) await killHard(server)
    await remove()
    assert.equal(outcome, 0, server.output())
  }
})

test('while the identity service is away the gateway says so; once it is back all goes on', async () => {
  const { home, remove } = await makeHome()
  const environment = {
    FLATRENDER_HOME: home,
    // Nobody mails here.
    FLATRENDER_NOTIFICATION_URL: 'http://127.0.0.1:1',
  }
  let identity = runServer(environment, '--services=identity,content,file,render')
  let gateway: ServerProcess | undefined
  try {
    const FLATRENDER_IDENTITY_URL = await identity.find(/answers other services at (\S+)/)
    const body = { email: 'owner@flatrender.local', password: await passwordOf(identity) }
    gateway = runServer(
      {
        ...environment,
        FLATRENDER_IDENTITY_URL,
        FLATRENDER_CONTENT_URL: FLATRENDER_IDENTITY_URL,
        FLATRENDER_FILE_URL: FLATRENDER_IDENTITY_URL,
        FLATRENDER_RENDER_URL: FLATRENDER_IDENTITY_URL,
      },
      '--services=gateway',
    )
    const api = openApi(await urlOf(gateway))
    const { accessToken } = (await api('POST', '/auth/login', { body })).body
    assert.equal((await api('GET', '/me', { token: accessToken })).status, 200)

    await killHard(identity)
    const away = await api('GET', '/me', { token: accessToken })
    assert.equal(away.status, 503)
    assert.equal(away.body.code, 'SERVICE_UNAVAILABLE')
    assert.equal(away.body.retryable, true)

    const FLATRENDER_INTERNAL_PORT = new URL(FLATRENDER_IDENTITY_URL).port
    identity = runServer(
      { ...environment, FLATRENDER_INTERNAL_PORT },
      '--services=identity,content,file,render',
    )
    await identity.find(/Running/)
    assert.equal((await api('GET', '/me', { token: accessToken })).status, 200)
  } finally {
    await gateway?.stop()
    await identity.stop()
    await remove()
  }
})
