import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { answerOnce } from '@flatrender/platform/service'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { assertProven } from '../sessions/assert-proven.ts'
import type { AnyTransaction } from '../tables.ts'
import { type AccountName, holdAccount, moveFunds, openAccount } from './credit-accounts-store.ts'
import { findGrant, insertEntry } from './credit-entries-store.ts'
import { findGrantable } from './credits-system-store.ts'
import { describeEntry } from './describe-credits.ts'

/** What is given to whom, and what for. */
interface Grant {
  readonly accountId: string
  readonly amount: number
  readonly reference: string
  readonly reason: string
}

/**
 * Gives credits to a tenant right below, or to a user of one's own tenant, once for each reference. A customer grants
 * nothing. Errors: CREDIT_ACCOUNT_UNKNOWN for any other account, CREDIT_REFERENCE_REUSED, STEP_UP_REQUIRED,
 * and those of asking again with an `Idempotency-Key`.
 */
export async function grantCredits(identity: Identity, call: Call, input: Grant) {
  const { secretKeys } = identity
  const once = { call, service: 'identity', procedure: 'credits.grant', input, secretKeys }
  return identity.system.transact(async (transaction) => {
    await assertProven(transaction, call)
    return answerOnce(transaction, once, async () => {
      const { accountId } = input
      const account = await findGrantable(transaction, { by: call.actor.tenantId, accountId })
      if (account === undefined) throw new FlatRenderError('CREDIT_ACCOUNT_UNKNOWN', { account: accountId })
      return grant(identity, transaction, call, account, input)
    })
  })
}

async function grant(
  identity: Identity,
  transaction: AnyTransaction,
  call: Call,
  account: AccountName,
  { accountId, amount, reference, reason }: Grant,
) {
  await openAccount(transaction, account)
  await holdAccount(transaction, account)
  const known = await findGrant(transaction, account, reference)
  if (known !== undefined) {
    if (Number(known.amount) !== amount) throw new FlatRenderError('CREDIT_REFERENCE_REUSED', { reference })
    return describeEntry(known)
  }
  const { balance: balanceAfter } = await moveFunds(transaction, account, { balance: amount, reserved: 0 })
  const row = await insertEntry(transaction, account, {
    kind: 'grant',
    amount,
    balanceAfter,
    reference,
    reason: reason === '' ? null : reason,
  })
  const { tenantId } = account
  const act = { action: 'credits.granted', subject: accountId, after: { amount, reference, reason } }
  await writeAudit(transaction, call, act)
  // In both books: the giver's, and that of the tenant that was given to.
  if (tenantId !== call.actor.tenantId) await writeAudit(transaction, call, { ...act, tenantId })
  await identity.emit(transaction, {
    type: 'identity.credits.granted',
    tenantId,
    subject: accountId,
    data: { accountId, entryId: row.id },
  })
  return describeEntry(row)
}
