import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type Call, DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { sql } from 'kysely'
import {
  callAsSystem,
  enter,
  enterAsOwner,
  isCode,
  openTenant,
  openTestbed,
  type Testbed,
} from '../testbed/open-testbed.ts'

let testbed: Testbed
let owner: Call
let reseller: Awaited<ReturnType<typeof openTenant>>
let customer: Awaited<ReturnType<typeof openTenant>>
before(async () => {
  testbed = await openTestbed()
  owner = await enterAsOwner(testbed)
  reseller = await openTenant(testbed, owner, 'reseller', 'shop')
  customer = await openTenant(testbed, reseller.call, 'customer', 'client')
})
after(() => testbed?.close())

const context = callAsSystem()
const grant = (by: Call, accountId: string, amount: number, reference: string = randomUUID()) =>
  testbed.client.credits.grant({ accountId, amount, reference, reason: 'test' }, { context: by })
const reserve = (accountId: string, amount: number, reference: string = randomUUID()) =>
  testbed.client.credits.reserve({ accountId, amount, reference, expiresInSeconds: 600 }, { context })
const settle = (accountId: string, amount: number, reference: string) =>
  testbed.client.credits.settle({ accountId, amount, reference }, { context })
const release = (accountId: string, reference: string) =>
  testbed.client.credits.release({ accountId, reference }, { context })
const quote = (accountId: string, amount: number) =>
  testbed.client.credits.quote({ accountId, amount }, { context })
const show = (by: Call) => testbed.client.credits.show({}, { context: by })

/** A user of the default tenant with so many credits. */
async function openUser(name: string, credits: number) {
  const { call } = await enter(testbed, `${name}@example.com`)
  const id = call.actor.id!
  if (credits > 0) await grant(owner, id, credits)
  return { call, id }
}

test('of forty that reserve at once, as many succeed as can be paid', async () => {
  const { id, call } = await openUser('many', 10)
  const answers = await Promise.allSettled(Array.from({ length: 40 }, () => reserve(id, 1)))
  assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 10)
  for (const answer of answers)
    if (answer.status === 'rejected') assert.ok(isCode('CREDITS_SHORT')(answer.reason))
  assert.deepEqual(await show(call), { accountId: id, balance: 10, reserved: 10, available: 0 })
})

test('the same asked at once or again is done once', async () => {
  const { id, call } = await openUser('again', 100)
  const held = await Promise.all(Array.from({ length: 8 }, () => reserve(id, 30, 'a')))
  for (const one of held) assert.deepEqual(one, held[0])
  await assert.rejects(reserve(id, 31, 'a'), isCode('CREDIT_REFERENCE_REUSED'))
  assert.deepEqual(await show(call), { accountId: id, balance: 100, reserved: 30, available: 70 })
  await assert.rejects(settle(id, 31, 'a'), isCode('CREDITS_SHORT'))
  const settled = await Promise.all(Array.from({ length: 8 }, () => settle(id, 20, 'a')))
  for (const one of settled) assert.deepEqual(one, { ...held[0], state: 'settled', settledAmount: 20 })
  await assert.rejects(settle(id, 19, 'a'), isCode('CREDIT_REFERENCE_REUSED'))
  for (const late of [() => release(id, 'a'), () => reserve(id, 30, 'a')])
    await assert.rejects(late(), isCode('CREDIT_RESERVATION_ENDED'))
  assert.deepEqual(await show(call), { accountId: id, balance: 80, reserved: 0, available: 80 })
})

test('what was released is not settled, and what is unknown is neither', async () => {
  const { id, call } = await openUser('released', 5)
  await reserve(id, 5, 'a')
  const released = await Promise.all([release(id, 'a'), release(id, 'a')])
  assert.equal(released[0].state, 'released')
  assert.deepEqual(released[1], released[0])
  await assert.rejects(settle(id, 5, 'a'), isCode('CREDIT_RESERVATION_ENDED'))
  for (const lost of [() => settle(id, 5, 'b'), () => release(id, 'b')])
    await assert.rejects(lost(), isCode('CREDIT_RESERVATION_UNKNOWN'))
  assert.equal((await show(call)).available, 5)
})

test('a reservation is split, each part once, and nothing is promised twice', async () => {
  const { id, call } = await openUser('split', 100)
  const split = (amount: number, reference: string, from = 'all') =>
    testbed.client.credits.split(
      { accountId: id, from, reference, amount, expiresInSeconds: 600 },
      { context },
    )
  await reserve(id, 50, 'all')
  const parts = await Promise.all(Array.from({ length: 4 }, () => split(20, 'one')))
  for (const part of parts) assert.deepEqual(part, parts[0])
  await assert.rejects(split(21, 'one'), isCode('CREDIT_REFERENCE_REUSED'))
  await assert.rejects(split(31, 'two'), isCode('CREDITS_SHORT'))
  assert.equal((await show(call)).reserved, 50)
  await settle(id, 15, 'one')
  await assert.rejects(split(20, 'one'), isCode('CREDIT_RESERVATION_ENDED'))
  await split(30, 'two')
  // All of it is parts now.
  await assert.rejects(split(1, 'three'), isCode('CREDIT_RESERVATION_ENDED'))
  await assert.rejects(split(1, 'three', 'none'), isCode('CREDIT_RESERVATION_UNKNOWN'))
  await release(id, 'all')
  assert.deepEqual(await show(call), { accountId: id, balance: 85, reserved: 30, available: 55 })
})

test('an expired reservation is free at once, and the job writes it down', async () => {
  const { id, call } = await openUser('expired', 5)
  const stateOf = async (reference: string) =>
    (
      await testbed.ask(sql<{ state: string }>`select state from identity.credit_reservations
        where account_id = ${id} and reference = ${reference}`)
    )[0]?.state
  const expire = () =>
    testbed.ask(sql`update identity.credit_reservations set expires_at = now() where account_id = ${id}`)
  await reserve(id, 5, 'a')
  assert.deepEqual(await quote(id, 1), { enough: false, available: 0 })
  await expire()
  assert.deepEqual(await quote(id, 5), { enough: true, available: 5 })
  assert.deepEqual(await show(call), { accountId: id, balance: 5, reserved: 0, available: 5 })
  assert.equal(await stateOf('a'), 'held')
  await reserve(id, 5, 'b')
  assert.equal(await stateOf('a'), 'expired')
  await assert.rejects(settle(id, 5, 'a'), isCode('CREDIT_RESERVATION_ENDED'))
  await expire()
  await testbed.jobs['identity.release-expired-reservations']()
  assert.equal(await stateOf('b'), 'expired')
  assert.equal((await release(id, 'b')).state, 'expired')
  assert.equal((await show(call)).available, 5)
})

test('a grant is made once, told and written in both books', async () => {
  const id = reseller.tenant.id
  const [one, two] = await Promise.all([grant(owner, id, 50, 'first'), grant(owner, id, 50, 'first')])
  assert.deepEqual(one, two)
  await assert.rejects(grant(owner, id, 51, 'first'), isCode('CREDIT_REFERENCE_REUSED'))
  assert.deepEqual(await show(reseller.call), { accountId: id, balance: 50, reserved: 0, available: 50 })
  assert.deepEqual(await testbed.eventsOf(id), ['identity.tenant.created', 'identity.credits.granted'])
  const books = await testbed.ask(sql<{ tenant_id: string }>`select tenant_id from identity.audit_logs
    where action = 'credits.granted' and subject = ${id} order by tenant_id`)
  assert.deepEqual(books, [{ tenant_id: DEFAULT_TENANT_ID }, { tenant_id: id }])
})

test('a grant sent again with its Idempotency-Key is answered as before, and another one under it is refused', async () => {
  const id = reseller.tenant.id
  const again = { ...owner, idempotencyKey: 'grant' }
  const { balance } = await show(reseller.call)
  const first = await grant(again, id, 7, 'again')
  assert.deepEqual(await grant(again, id, 7, 'again'), first)
  await assert.rejects(grant(again, id, 7, 'other'), isCode('REQUEST_KEY_REUSED'))
  assert.equal((await show(reseller.call)).balance, balance + 7)
})

test('credits are granted to users of one’s own and tenants right below, by no customer and no member', async () => {
  await grant(reseller.call, customer.tenant.id, 5)
  for (const accountId of [customer.tenant.id, DEFAULT_TENANT_ID, customer.call.actor.id!])
    await assert.rejects(grant(owner, accountId, 5), isCode('CREDIT_ACCOUNT_UNKNOWN'))
  for (const accountId of [reseller.tenant.id, owner.actor.id!, reseller.call.actor.id!])
    await assert.rejects(grant(reseller.call, accountId, 5), isCode('CREDIT_ACCOUNT_UNKNOWN'))
  for (const accountId of [customer.tenant.id, customer.call.actor.id!, reseller.tenant.id])
    await assert.rejects(grant(customer.call, accountId, 5), isCode('CREDIT_ACCOUNT_UNKNOWN'))
  const { call, id } = await openUser('member', 0)
  await assert.rejects(grant(call, id, 5), isCode('ACCESS_FORBIDDEN'))
  await testbed.ask(sql`update identity.sessions set proven_at = now() - interval '1 day'
    where user_id = ${reseller.call.actor.id}`)
  await assert.rejects(grant(reseller.call, customer.tenant.id, 5), isCode('STEP_UP_REQUIRED'))
})

test('another tenant’s account is unknown, and services alone reserve', async () => {
  const { id, call } = await openUser('apart', 5)
  await reserve(id, 1, 'a')
  const foreign = { context: callAsSystem(customer.tenant.id) }
  const { credits } = testbed.client
  const names = { accountId: id, reference: 'a', amount: 1 }
  await assert.rejects(credits.quote(names, foreign), isCode('CREDIT_ACCOUNT_UNKNOWN'))
  const asked = { ...names, expiresInSeconds: 9 }
  await assert.rejects(credits.reserve(asked, foreign), isCode('CREDIT_ACCOUNT_UNKNOWN'))
  await assert.rejects(credits.settle(names, foreign), isCode('CREDIT_RESERVATION_UNKNOWN'))
  await assert.rejects(credits.release(names, foreign), isCode('CREDIT_RESERVATION_UNKNOWN'))
  for (const accountId of [DEFAULT_TENANT_ID, customer.tenant.id, customer.call.actor.id!])
    await assert.rejects(quote(accountId, 1), isCode('CREDIT_ACCOUNT_UNKNOWN'))
  await assert.rejects(credits.reserve(asked, { context: owner }), isCode('ACCESS_FORBIDDEN'))
  assert.equal((await show(call)).reserved, 1)
  const of = (userId: string | null, tenantId?: string) =>
    credits.accountOf({ userId }, { context: callAsSystem(tenantId) })
  assert.deepEqual(await of(id), { accountId: id })
  assert.deepEqual(await of(customer.call.actor.id, customer.tenant.id), { accountId: customer.tenant.id })
  await assert.rejects(of(null), isCode('CREDIT_ACCOUNT_UNKNOWN'))
})

test('the ledger is read a page at a time, and nobody changes it', async () => {
  const { id, call } = await openUser('ledger', 0)
  for (const amount of [1, 2, 3, 4, 5]) await grant(owner, id, amount)
  const amounts: number[] = []
  let cursor: string | undefined
  do {
    const page = await testbed.client.credits.listEntries({ limit: 2, cursor }, { context: call })
    amounts.push(...page.entries.map(({ amount }) => amount))
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  assert.deepEqual(amounts, [5, 4, 3, 2, 1])
  for (const change of [
    sql`update identity.credit_entries set amount = 9 where account_id = ${id}`,
    sql`delete from identity.credit_entries where account_id = ${id}`,
  ]) {
    await assert.rejects(testbed.ask(change), /permission denied/)
    const byTenant = testbed.deps.database.transact(owner.actor, (transaction) => change.execute(transaction))
    await assert.rejects(byTenant, /permission denied/)
  }
})

test('what was promised is promised for longer; once it has expired, where there is as much', async () => {
  const { id, call } = await openUser('renewed', 5)
  const renew = (reference: string) =>
    testbed.client.credits.renew({ accountId: id, reference, expiresInSeconds: 3600 }, { context })
  const first = await reserve(id, 4, 'a')
  const longer = await renew('a')
  assert.ok(Date.parse(longer.expiresAt) > Date.parse(first.expiresAt))
  const expire = () =>
    testbed.ask(sql`update identity.credit_reservations set expires_at = now() where account_id = ${id}`)
  await expire()
  assert.equal((await renew('a')).state, 'held')
  assert.deepEqual(await show(call), { accountId: id, balance: 5, reserved: 4, available: 1 })
  await expire()
  await reserve(id, 3, 'b')
  await assert.rejects(renew('a'), isCode('CREDITS_SHORT'))
  await release(id, 'b')
  await renew('a')
  await settle(id, 4, 'a')
  for (const ended of ['a', 'b']) await assert.rejects(renew(ended), isCode('CREDIT_RESERVATION_ENDED'))
  await assert.rejects(renew('c'), isCode('CREDIT_RESERVATION_UNKNOWN'))
  assert.deepEqual(await show(call), { accountId: id, balance: 1, reserved: 0, available: 1 })
})
