import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { eventually, openApi } from './testbed/api-client.ts'
import { openMailSink } from './testbed/open-mail-sink.ts'
import { makeHome, passwordOf, runServer, type ServerProcess, urlOf } from './testbed/run-server.ts'

async function killHard({ child }: ServerProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

const password = 'a long quiet evening'
/** So many people register, one after the other, while everything is killed in turn. */
const PEOPLE = 20

test('apart, each process and PostgreSQL are killed amid a load: what was acknowledged is done, once', async () => {
  const { home, remove } = await makeHome()
  const sink = await openMailSink()
  const environment = { FLATRENDER_HOME: home, FLATRENDER_SMTP_URL: sink.url }
  let identity = runServer(environment, '--services=identity,content')
  let notification: ServerProcess | undefined
  let gateway: ServerProcess | undefined
  try {
    const FLATRENDER_IDENTITY_URL = await identity.find(/answers other services at (\S+)/)
    const owner = { email: 'owner@flatrender.local', password: await passwordOf(identity) }
    const more = {
      ...environment,
      FLATRENDER_IDENTITY_URL,
      FLATRENDER_CONTENT_URL: FLATRENDER_IDENTITY_URL,
    }
    notification = runServer(more, '--services=notification')
    await notification.find(/Running/)
    gateway = runServer(more, '--services=gateway')
    const url = await urlOf(gateway)
    const api = openApi(url)
    const { accessToken: token } = (await api('POST', '/auth/login', { body: owner })).body

    const acknowledged: string[] = []
    const register = async (index: number) => {
      const email = `person${index}@example.com`
      const answer = await api('POST', '/auth/register', { body: { email, password } }).catch(() => undefined)
      if (answer?.status === 202) acknowledged.push(email)
    }
    /** Asked until it is answered, always with the same key: what was lost may be the answer alone. */
    const makeKey = (name: string) =>
      eventually(60, async () => {
        const body = { name, scopes: ['tenants:read'] }
        const headers = { 'idempotency-key': name }
        const answer = await api('POST', '/api-keys', { token, body, headers }).catch(() => undefined)
        return answer?.status === 201 ? (answer.body.key as string) : undefined
      })
    let next = 0
    const load = Array.from({ length: 2 }, async () => {
      while (next < PEOPLE) {
        await register(next++)
        await setTimeout(100)
      }
    })
    const made = [makeKey('before')]

    await eventually(60, async () => (acknowledged.length >= 2 ? true : undefined))
    await killHard(notification)
    made.push(makeKey('amid'))
    await setTimeout(20)
    await killHard(identity)
    const FLATRENDER_INTERNAL_PORT = new URL(FLATRENDER_IDENTITY_URL).port
    identity = runServer({ ...environment, FLATRENDER_INTERNAL_PORT }, '--services=identity,content')
    notification = runServer(more, '--services=notification')
    await identity.find(/Running/)

    const [pid] = (await readFile(path.join(home, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
    process.kill(Number(pid), 'SIGKILL')
    made.push(makeKey('after'))
    const keys = await Promise.all(made)
    await killHard(gateway)
    gateway = runServer({ ...more, FLATRENDER_PORT: new URL(url).port }, '--services=gateway')
    await urlOf(gateway)
    await Promise.all([...load, register(PEOPLE), register(PEOPLE + 1)])
    assert.ok(acknowledged.length >= 4, `${acknowledged.length} were acknowledged`)

    // A dead worker's jobs are taken over within half a minute.
    for (const email of acknowledged)
      await eventually(60, async () => (sink.mailsTo(email).length > 0 ? true : undefined))
    for (const email of acknowledged) {
      const mails = sink.mailsTo(email)
      // Killed between the mail server's answer and its own commit, it is sent again with the same Message-ID.
      assert.equal(new Set(mails.map((mail) => /^Message-ID: .*$/im.exec(mail)?.[0])).size, 1, email)
      const body = { token: /frv_[\w-]{43}/.exec(mails.at(-1)!)?.[0] }
      const verified = await api('POST', '/auth/verify-email', { body })
      assert.equal(verified.status, 200, `${email}: ${JSON.stringify(verified.body)}`)
    }

    // Each key was made once, however often it was asked for, and the same is answered again.
    assert.deepEqual(await Promise.all(['before', 'amid', 'after'].map(makeKey)), keys)
    const { body } = await api('GET', '/api-keys', { token })
    const names = (body.keys as { name: string }[]).map(({ name }) => name).toSorted()
    assert.deepEqual(names, ['after', 'amid', 'before'])
  } finally {
    await gateway?.stop()
    await notification?.stop()
    await identity.stop()
    await sink.close()
    await remove()
  }
})
