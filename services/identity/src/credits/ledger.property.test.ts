import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type Call, DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import fc from 'fast-check'
import { sql } from 'kysely'
import { callAsSystem, enterAsOwner, openTestbed, type Testbed } from '../testbed/open-testbed.ts'

let testbed: Testbed
let owner: Call
before(async () => {
  testbed = await openTestbed()
  owner = await enterAsOwner(testbed)
})
after(() => testbed?.close())

interface Operation {
  readonly kind: 'grant' | 'reserve' | 'settle' | 'release' | 'expire'
  readonly reference: string
  readonly amount: number
}

interface Model {
  readonly grants: Map<string, number>
  readonly reservations: Map<string, { amount: number; state: string; settled: number }>
}

const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, number) => total + number, 0)

function standing({ grants, reservations }: Model) {
  const all = [...reservations.values()]
  const balance = sum(grants.values()) - sum(all.map(({ settled }) => settled))
  const reserved = sum(all.filter(({ state }) => state === 'held').map(({ amount }) => amount))
  return { balance, reserved, available: balance - reserved }
}

/** What should come of an operation: `done`, or the code of an error. */
function foresee(model: Model, { kind, reference, amount }: Operation): string {
  const known = model.reservations.get(reference)
  if (kind === 'grant') {
    const granted = model.grants.get(reference) ?? amount
    model.grants.set(reference, granted)
    return granted === amount ? 'done' : 'CREDIT_REFERENCE_REUSED'
  }
  if (kind === 'expire') {
    if (known?.state === 'held') known.state = 'expired'
    return 'done'
  }
  if (kind === 'reserve') {
    if (known !== undefined && known.amount !== amount) return 'CREDIT_REFERENCE_REUSED'
    if (known !== undefined) return known.state === 'held' ? 'done' : 'CREDIT_RESERVATION_ENDED'
    if (amount > standing(model).available) return 'CREDITS_SHORT'
    model.reservations.set(reference, { amount, state: 'held', settled: 0 })
    return 'done'
  }
  if (known === undefined) return 'CREDIT_RESERVATION_UNKNOWN'
  if (kind === 'release') {
    if (known.state === 'settled') return 'CREDIT_RESERVATION_ENDED'
    if (known.state === 'held') known.state = 'released'
    return 'done'
  }
  if (known.state === 'settled') return known.settled === amount ? 'done' : 'CREDIT_REFERENCE_REUSED'
  if (known.state !== 'held') return 'CREDIT_RESERVATION_ENDED'
  if (amount > known.amount) return 'CREDITS_SHORT'
  Object.assign(known, { state: 'settled', settled: amount })
  return 'done'
}

async function perform(accountId: string, { kind, reference, amount }: Operation): Promise<string> {
  const { credits } = testbed.client
  const names = { accountId, reference, amount }
  const context = callAsSystem()
  try {
    if (kind === 'grant') await credits.grant(names, { context: owner })
    else if (kind === 'reserve') await credits.reserve({ ...names, expiresInSeconds: 600 }, { context })
    else if (kind === 'expire')
      await testbed.ask(sql`update identity.credit_reservations set expires_at = now()
        where account_id = ${accountId} and reference = ${reference} and state = 'held'`)
    else await credits[kind](names, { context })
    return 'done'
  } catch (error) {
    if (isFlatRenderError(error)) return error.code
    throw error
  }
}

const operations = fc.array(
  fc.record<Operation>({
    kind: fc.constantFrom('grant', 'reserve', 'reserve', 'settle', 'settle', 'release', 'expire'),
    reference: fc.constantFrom('a', 'b', 'c'),
    amount: fc.integer({ min: 1, max: 4 }),
  }),
  { minLength: 5, maxLength: 16 },
)

test('whatever is done in whatever order, the account stands as a pure model says, and its ledger sums to it', async () => {
  await fc.assert(
    fc.asyncProperty(operations, async (sequence) => {
      const accountId = randomUUID()
      await testbed.ask(sql`insert into identity.users (tenant_id, id, email)
        values (${DEFAULT_TENANT_ID}, ${accountId}, ${`${accountId}@example.com`})`)
      const model: Model = { grants: new Map([['first', 6]]), reservations: new Map() }
      await perform(accountId, { kind: 'grant', reference: 'first', amount: 6 })
      for (const operation of sequence)
        assert.equal(await perform(accountId, operation), foresee(model, operation))
      const expected = standing(model)
      const { available } = await testbed.client.credits.quote(
        { accountId, amount: 1 },
        { context: callAsSystem() },
      )
      assert.equal(available, expected.available)
      const rows = await testbed.ask(sql<Record<'balance' | 'total' | 'last', number>>`
        select balance::int, sum(amount)::int as total,
          (array_agg(balance_after order by entry.created_at desc))[1]::int as last
        from identity.credit_accounts as account
        join identity.credit_entries as entry using (tenant_id, account_id)
        where account_id = ${accountId} group by balance`)
      const { balance } = expected
      assert.deepEqual(rows, [{ balance, total: balance, last: balance }])
    }),
    { numRuns: 40 },
  )
})
