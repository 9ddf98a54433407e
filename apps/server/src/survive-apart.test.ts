import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withClient } from '@flatrender/database'
import { eventually, openApi } from './testbed/api-client.ts'
import { findPostgres, killHard } from './testbed/kill-hard.ts'
import { openHome } from './testbed/open-home.ts'
import { openMailSink } from './testbed/open-mail-sink.ts'
import { runLoad } from './testbed/run-load.ts'
import { makeHome, passwordOf, runServer, type ServerProcess, urlOf } from './testbed/run-server.ts'

/** An event in flight is done within so many seconds, whoever dies. */
const PROMISE = 60
/** So long the mail server takes, milliseconds: whoever is killed has mails that were taken, but not noted. */
const MAIL_PAUSE = 150
/** Answers between two kills: whoever died is back, and the load goes on. */
const ANSWERS_BETWEEN = 12
/** Mails noted by those who mail before they count as back at work: more than they have fetched at once. */
const NOTED_AGAIN = 20

/** Each event that somebody is mailed, with what became of it; seconds are counted from the event's own time. */
const MAILED = `select person.email, event.type, delivery.state, delivery.provider_message_id as "messageId",
    extract(epoch from delivery.finished_at - event.happened_at)::float as seconds
  from platform.events event join identity.users person on person.id::text = event.data->>'userId'
  left join notification.deliveries delivery on delivery.event_id = event.id
  where event.type in ('identity.email_verification.requested', 'identity.password_reset.requested')`
interface Mailed {
  readonly email: string
  readonly type: string
  readonly state: string | null
  readonly messageId: string | null
  readonly seconds: number | null
}
const SENT = `select provider_message_id as id from notification.deliveries where state = 'sent'`
/** Handled once by the consumer's own transaction, whose time both its rows bear. */
const HANDLED = `select person.email, handled.handled_at as at
  from platform.handled_events handled
  join platform.events event on event.happened_at = handled.handled_at
    and event.type = 'identity.password_reset.requested'
  join identity.users person on person.id::text = event.subject
  where handled.consumer = 'identity.mail-password-reset'`
const UNDONE = `select id from graphile_worker.jobs
  where task_identifier like 'notification.%' or task_identifier = 'identity.mail-password-reset'`
const ENTRIES = `select reference, count(*)::int, sum(amount)::int as amount
  from identity.credit_entries where kind = 'grant' group by 1`

test('apart, each process and PostgreSQL are killed amid a load: what was acknowledged is done, once, within a minute', async () => {
  const { home, remove } = await makeHome()
  const stack = new AsyncDisposableStack()
  stack.defer(remove)
  try {
    const sink = await openMailSink(MAIL_PAUSE)
    stack.defer(() => sink.close())
    const { ownerUrl, close } = await openHome(home)
    stack.defer(close)
    const look = <Row extends object>(question: string) =>
      withClient(ownerUrl, async (client) => (await client.query<Row>(question)).rows)
    const limits = Object.fromEntries(
      ['VISITOR', 'USER', 'TENANT'].map((whose) => [`FLATRENDER_GATEWAY_${whose}_LIMIT`, '100000']),
    )
    const environment = { FLATRENDER_HOME: home, FLATRENDER_SMTP_URL: sink.url, ...limits }
    const known = { ...environment, FLATRENDER_NOTIFICATION_URL: 'http://127.0.0.1:1' }
    let identity = runServer(known, '--services=identity,content,file,render')
    stack.defer(async () => void (await identity.stop()))
    const FLATRENDER_IDENTITY_URL = await identity.find(/answers other services at (\S+)/)
    const FLATRENDER_INTERNAL_PORT = new URL(FLATRENDER_IDENTITY_URL).port
    const FLATRENDER_CONTENT_URL = FLATRENDER_IDENTITY_URL
    const [FLATRENDER_FILE_URL, FLATRENDER_RENDER_URL] = [FLATRENDER_IDENTITY_URL, FLATRENDER_IDENTITY_URL]
    const elsewhere = { FLATRENDER_IDENTITY_URL, FLATRENDER_CONTENT_URL, FLATRENDER_FILE_URL }
    const more = { ...environment, ...elsewhere, FLATRENDER_RENDER_URL }
    let notification = runServer(more, '--services=notification')
    stack.defer(async () => void (await notification.stop()))
    let gateway: ServerProcess = runServer(more, '--services=gateway')
    stack.defer(async () => void (await gateway.stop()))
    const url = await urlOf(gateway)
    await notification.find(/Running/)
    const api = openApi(url)
    const owner = { email: 'owner@flatrender.local', password: await passwordOf(identity) }
    const { accessToken: token } = (await api('POST', '/auth/login', { body: owner })).body
    const { accountId } = (await api('GET', '/credits', { token })).body

    const load = runLoad(api, { token, accountId })
    stack.defer(() => load.stop())
    /** Kills while requests are under way: looked at and killed without a moment between. */
    const killAmid = async <Gone>(kill: () => Promise<Gone>, isTime = () => true): Promise<Gone> => {
      const before = load.answered()
      return eventually(60, async () => {
        if (load.answered() < before + ANSWERS_BETWEEN || load.inFlight() < 2 || !isTime()) return undefined
        return { gone: kill() }
      }).then(({ gone }) => gone)
    }
    const sentIds = async () => new Set((await look<{ id: string }>(SENT)).map(({ id }) => id))
    const taken = () => sink.mails.map(({ id }) => id)

    await killAmid(
      () => killHard(notification),
      () => sink.inHand() > 0,
    )
    const noted = await sentIds()
    /** What a kill found between the mail server's word and the commit. */
    const caught = new Set(taken().filter((id) => !noted.has(id)))
    assert.ok(caught.size > 0)
    notification = runServer(more, '--services=notification')

    await killAmid(() => killHard(identity))
    identity = runServer({ ...known, FLATRENDER_INTERNAL_PORT }, '--services=identity,content,file,render')
    await identity.find(/Running/)
    await notification.find(/Running/)

    const pid = await findPostgres(home)
    const notedBefore = await sentIds()
    await killAmid(async () => process.kill(pid, 'SIGKILL'))
    await eventually(60, async () => ((await fetch(new URL('/readyz', url))).ok ? true : undefined))
    // The gateway may be ready before those who mail have found the database again.
    const notedSince = await sentIds()
    await eventually(60, async () =>
      (await sentIds()).size > notedSince.size + NOTED_AGAIN ? true : undefined,
    )
    for (const id of taken()) if (!notedBefore.has(id)) caught.add(id)

    await killAmid(() => killHard(gateway))
    gateway = runServer({ ...more, FLATRENDER_PORT: new URL(url).port }, '--services=gateway')
    await urlOf(gateway)
    const beforeEnd = load.answered()
    await eventually(60, async () => (load.answered() > beforeEnd + ANSWERS_BETWEEN ? true : undefined))
    await load.finish()
    await eventually(90, async () => ((await look(UNDONE)).length === 0 ? true : undefined))

    // Events: each exists if its change does, and was handled once, within a minute of its own time.
    const mailed = await look<Mailed>(MAILED)
    for (const [book, type] of [
      [load.registered, 'identity.email_verification.requested'],
      [load.forgotten, 'identity.password_reset.requested'],
    ] as const)
      for (const [email, acknowledged] of book) {
        const told = mailed.filter((one) => one.email === email && one.type === type)
        // What was never acknowledged may have been done or not, but not twice.
        assert.ok(told.length === 1 || (acknowledged === undefined && told.length === 0), `${type} ${email}`)
      }
    for (const { state, seconds, email } of mailed)
      assert.ok(
        state === 'sent' && seconds !== null && seconds <= PROMISE,
        `${email}: ${state}, ${seconds} s`,
      )

    // A consumer whose rows are its effect: one row says that it was handled, another is what it did.
    const handled = await look<{ email: string; at: Date }>(HANDLED)
    const [{ count }] = (await look<{ count: number }>(
      'select count(*)::int from platform.handled_events',
    )) as [{ count: number }]
    assert.equal(handled.length, count)
    assert.equal(new Set(handled.map(({ email }) => email)).size, count)
    for (const { email, at } of handled) {
      const asked = load.forgotten.get(email)
      assert.ok(asked === undefined || at.getTime() - asked.getTime() <= PROMISE * 1000, email)
    }

    // Mails: every one is noted as sent once. It was taken once, and once more, under the same Message-ID, only where a
    // kill came between the mail server's word and the commit: no protocol closes that gap.
    for (const { email, messageId } of mailed) {
      const copies = sink.mails.filter(({ id }) => id === messageId)
      assert.ok(
        copies.length === 1 || (copies.length === 2 && caught.has(messageId!)),
        `${email}: ${copies.length}`,
      )
      assert.ok(copies.every(({ text }) => text.includes(`To: ${email}`)))
    }
    assert.equal(new Set(taken()).size, mailed.length)
    const [newcomer] = mailed.filter(({ type }) => type === 'identity.email_verification.requested').slice(-1)
    const mail = sink.mails.find(({ id }) => id === newcomer!.messageId)
    const body = { token: /frv_[\w-]{43}/.exec(mail!.text)?.[0] }
    assert.equal((await api('POST', '/auth/verify-email', { body })).status, 200)

    // Credits: each reference was granted once, and whoever asks again gets the first answer.
    assert.ok(load.granted.size > 0)
    const entries = await look<{ reference: string; count: number; amount: number }>(ENTRIES)
    assert.deepEqual(new Set(entries.map(({ reference }) => reference)), new Set(load.granted.keys()))
    for (const { reference, count: times, amount } of entries)
      assert.deepEqual([times, amount], [1, 1], reference)
    assert.equal((await api('GET', '/credits', { token })).body.balance, load.granted.size)
    for (const [reference, first] of load.granted)
      assert.deepEqual((await load.grant(reference)).body, first, reference)
  } finally {
    await stack.disposeAsync()
  }
})
