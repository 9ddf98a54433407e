import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { sql } from 'kysely'
import { createIdentityService } from '../service.ts'
import { callAsSystem, enter, isCode, openTestbed, type Testbed, visit } from '../testbed/open-testbed.ts'
import { openActiveKey } from './signing-keys-system-store.ts'

let testbed: Testbed
before(async () => {
  testbed = await openTestbed()
})
after(() => testbed?.close())

const publish = async () => (await testbed.client.access.jwks({}, { context: callAsSystem() })).keys
const look = () =>
  testbed.ask(sql<{ kid: string; state: string; sealed: Buffer | null }>`
    select kid, state, sealed_private_key as sealed from identity.signing_keys order by created_at, state`)
const kidOf = async (state: string) => (await look()).find((key) => key.state === state)!.kid
const rotate = () => createIdentityService(testbed.deps).jobs['identity.rotate-signing-keys']()

test('many who ask at once make one key that signs and one that is next; the secret halves are sealed', async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, publish))
  assert.equal(new Set(answers.map((keys) => JSON.stringify(keys))).size, 1)
  assert.equal(answers[0]!.length, 2)
  for (const key of answers[0]!) {
    assert.deepEqual([key.alg, key.use, key.crv], ['EdDSA', 'sig', 'Ed25519'])
    assert.ok(!('d' in key))
  }
  const kept = await look()
  assert.deepEqual(kept.map(({ state }) => state).sort(), ['active', 'next'])
  const open = { present: randomBytes(32), former: [] }
  await assert.rejects(
    testbed.deps.system.transact((transaction) => openActiveKey(transaction, open)),
    isCode('SECRET_UNREADABLE'),
  )
})

test('a key that is moved to another’s row does not open', async () => {
  const [active, next] = [await kidOf('active'), await kidOf('next')]
  const swap = (from: string, to: string) =>
    testbed.ask(sql`update identity.signing_keys set sealed_private_key = (
      select sealed_private_key from identity.signing_keys where kid = ${from}) where kid = ${to}`)
  const [own] = (await look()).filter(({ kid }) => kid === active)
  await swap(next, active)
  await assert.rejects(enter(testbed, 'moved@example.com'), isCode('SECRET_UNREADABLE'))
  await testbed.ask(
    sql`update identity.signing_keys set sealed_private_key = ${own!.sealed} where kid = ${active}`,
  )
})

test('nothing changes before its time; then the next signs, which was published before, and one more is', async () => {
  const { tokens } = await enter(testbed, 'rotation@example.com')
  const [active, next] = [await kidOf('active'), await kidOf('next')]
  await rotate()
  assert.deepEqual([await kidOf('active'), await kidOf('next')], [active, next])
  await testbed.ask(sql`update identity.signing_keys set not_before_at = now() where state = 'next'`)
  await Promise.all(Array.from({ length: 6 }, rotate))
  assert.deepEqual([await kidOf('retired'), await kidOf('active')], [active, next])
  const kept = await look()
  assert.deepEqual(kept.map(({ state, sealed }) => [state, sealed === null]).sort(), [
    ['active', false],
    ['next', false],
    ['retired', true],
  ])
  const proves = async (token: string) =>
    (await jwtVerify(token, createLocalJWKSet({ keys: (await publish()) as never }))).protectedHeader.kid
  assert.equal(await proves(tokens.accessToken), active)
  const fresh = await testbed.client.auth.refresh(tokens, { context: visit() })
  assert.equal(await proves(fresh.accessToken), next)
  await testbed.ask(sql`update identity.signing_keys set retired_at = now() - interval '61 minutes'
    where state = 'retired'`)
  await assert.rejects(proves(tokens.accessToken), /no applicable key/)
  assert.equal((await publish()).length, 2)
})
