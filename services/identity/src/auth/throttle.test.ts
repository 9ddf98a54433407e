import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { sql } from 'kysely'
import { enter, isCode, openTestbed, PASSWORD, type Testbed, visit } from '../testbed/open-testbed.ts'
import { hashThrottle, waitAfter } from './throttle.ts'

let testbed: Testbed
before(async () => {
  testbed = await openTestbed()
})
after(() => testbed?.close())

const HOME = '192.0.2.10'
const login = (email: string, password: string, address: string | null) =>
  testbed.client.auth.login({ email, password }, { context: visit({ address }) })
/** What became of a login: its code, or `in`. */
async function tryLogin(email: string, password: string, address: string | null): Promise<string> {
  try {
    await login(email, password, address)
    return 'in'
  } catch (error) {
    if (error instanceof FlatRenderError) return error.code
    throw error
  }
}
async function guess(email: string, address: string, times: number): Promise<string[]> {
  const answers = []
  for (let time = 0; time < times; time++) answers.push(await tryLogin(email, 'not this one', address))
  return answers
}
const refused = (times: number) => Array.from({ length: times }, () => 'LOGIN_REFUSED')

test('each failure beyond the free ones doubles the wait, up to a quarter of an hour', () => {
  const waits = [4, 5, 6, 7, 8, 14, 15, 99].map((failures) => waitAfter('pair', failures))
  assert.deepEqual(waits, [0, 1, 2, 4, 8, 512, 900, 900])
})

test('five guesses are heard, then the pair waits, even with the right password; then it is heard again', async () => {
  const email = 'pair@example.com'
  await enter(testbed, email, visit({ address: HOME }))
  assert.deepEqual(await guess(email, '198.51.100.1', 6), [...refused(5), 'LOGIN_THROTTLED'])
  await assert.rejects(login(email, PASSWORD, '198.51.100.1'), (error) => {
    assert.ok(isCode('LOGIN_THROTTLED')(error))
    assert.equal((error as FlatRenderError).data.seconds, 1)
    return true
  })
  assert.equal(await tryLogin(email, PASSWORD, HOME), 'in')
  await testbed.ask(sql`update identity.login_throttles set next_attempt_at = now()`)
  assert.equal(await tryLogin(email, PASSWORD, '198.51.100.1'), 'in')
  // A success lets the pair begin anew.
  assert.deepEqual(await guess(email, '198.51.100.1', 4), refused(4))
})

test('of many guesses at once no more are heard than of as many in a row', async () => {
  const email = 'burst@example.com'
  await enter(testbed, email, visit({ address: HOME }))
  const answers = await Promise.all(
    Array.from({ length: 30 }, () => tryLogin(email, 'not this one', '198.51.100.2')),
  )
  const heard = answers.filter((answer) => answer === 'LOGIN_REFUSED').length
  // A sixth may be heard where the whole burst takes longer than the second that it has to wait.
  assert.ok(heard === 5 || heard === 6, `${heard} were heard`)
})

test('guesses from many addresses hold off strangers, and never the address that its owner comes from', async () => {
  const email = 'target@example.com'
  await enter(testbed, email, visit({ address: HOME }))
  const many = Array.from({ length: 10 }, (_, index) => `198.51.100.${100 + index}`)
  for (const address of many) assert.deepEqual(await guess(email, address, 1), refused(1))
  assert.equal(await tryLogin(email, PASSWORD, '203.0.113.9'), 'LOGIN_THROTTLED')
  assert.equal(await tryLogin(email, PASSWORD, HOME), 'in')
  assert.equal(await tryLogin(email, 'not this one', '203.0.113.9'), 'LOGIN_THROTTLED')
})

test('an address that guesses at many accounts is held off from all of them, unknown ones counting alike', async () => {
  const address = '198.51.100.50'
  for (let time = 0; time < 20; time++)
    assert.equal(await tryLogin(`nobody${time}@example.com`, 'not this one', address), 'LOGIN_REFUSED')
  assert.equal(await tryLogin('somebody@example.com', 'not this one', address), 'LOGIN_THROTTLED')
})

test('addresses of one IPv6 network are one, and what is not heard doesn’t count', async () => {
  const email = 'six@example.com'
  const network = (host: number) => `2001:db8:1:2:${host}::1`
  for (let host = 1; host <= 5; host++) await guess(email, network(host), 1)
  const count = () =>
    testbed.ask(sql`select kind, failures from identity.login_throttles where failed_at > now() - interval '1 minute'
      order by kind, failures, hash`)
  const before = await count()
  assert.deepEqual(await guess(email, network(6), 3), Array(3).fill('LOGIN_THROTTLED'))
  assert.deepEqual(await count(), before)
  assert.equal(await tryLogin(email, 'not this one', '2001:db8:1:3::1'), 'LOGIN_REFUSED')
})

/** Lets all failures be so many hours old. */
const pass = (hours: number) =>
  testbed.ask(sql`update identity.login_throttles
    set failed_at = failed_at - make_interval(hours => ${hours}), next_attempt_at = null`)

test('a network where somebody mistypes now and then never gets there, for time forgives while it goes on', async () => {
  const address = '198.51.100.60'
  for (let time = 0; time < 40; time++) {
    assert.equal(await tryLogin(`typo${time}@example.com`, 'not this one', address), 'LOGIN_REFUSED')
    await pass(1)
  }
  const [{ most }] = (await testbed.ask(
    sql<{ most: number }>`select max(failures) as most from identity.login_throttles where kind = 'address'`,
  )) as [{ most: number }]
  assert.ok(most < 20, `${most} are counted`)
})

test('who has logged in from an address is held off by their own failures there, and by nobody else’s', async () => {
  const address = '198.51.100.61'
  const email = 'colleague@example.com'
  await enter(testbed, email, visit({ address }))
  for (let time = 0; time < 21; time++) await tryLogin(`other${time}@example.com`, 'not this one', address)
  assert.equal(await tryLogin('newcomer@example.com', 'not this one', address), 'LOGIN_THROTTLED')
  assert.equal(await tryLogin(email, PASSWORD, address), 'in')
  assert.deepEqual(await guess(email, address, 6), [...refused(5), 'LOGIN_THROTTLED'])
})

test('a right login forgives its address two failures, once in a while', async () => {
  const address = '198.51.100.62'
  const count = async () => {
    const hash = hashThrottle('address', '', `${address}/32`)
    const rows = await testbed.ask(
      sql<{ failures: number }>`select round(failures)::int as failures from identity.login_throttles
        where kind = 'address' and hash = ${hash}`,
    )
    return rows[0]?.failures ?? 0
  }
  await enter(testbed, 'visitor@example.com', visit({ address: HOME }))
  for (let time = 0; time < 6; time++) await tryLogin(`wrong${time}@example.com`, 'not this one', address)
  assert.equal(await count(), 6)
  assert.equal(await tryLogin('visitor@example.com', PASSWORD, address), 'in')
  assert.equal(await count(), 4)
  assert.equal(await tryLogin('visitor@example.com', PASSWORD, address), 'in')
  assert.equal(await count(), 4)
})

test('a login takes as long for an address that nobody has', async () => {
  const email = 'timed@example.com'
  await enter(testbed, email, visit({ address: HOME }))
  const time = async (who: string, address: string) => {
    const started = performance.now()
    assert.equal(await tryLogin(who, 'not this one', address), 'LOGIN_REFUSED')
    return performance.now() - started
  }
  const [known, unknown]: [number[], number[]] = [[], []]
  for (let round = 0; round < 9; round++) {
    known.push(await time(email, `203.0.113.${20 + round}`))
    unknown.push(await time(`timed${round}@example.com`, `203.0.113.${20 + round}`))
  }
  const [one, two] = [Math.min(...known), Math.min(...unknown)]
  assert.ok(Math.abs(one - two) < 0.5 * Math.max(one, two), `${one} ms and ${two} ms`)
})
