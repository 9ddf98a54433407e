import { asSystem } from '@flatrender/contracts/call'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import type { Render } from '../deps.ts'
import { assertMinutes } from '../minutes/assert-minutes.ts'
import { holdAccount } from '../renders/hold-account.ts'
import { findRefused, type RowMeasure, sumExamined } from './batch-rows-store.ts'
import { moveBatch } from './batches-store.ts'
import { endWithoutRenders } from './finish-batch.ts'
import { isForbidden, type MaybeOpenBatch, type OpenBatch } from './open-batch.ts'

/** Seconds that the credits of all rows stay promised: well over the time in which they become renders. */
const PROMISED_SECONDS = 30 * 86_400

/** All rows are looked at: none is taken on if any is wrong, or if credits or minutes don't suffice for all. */
export async function decideAll(render: Render, open: MaybeOpenBatch): Promise<number | undefined> {
  const { batch } = open
  const name = { tenantId: batch.tenant_id, batchId: batch.id }
  const { count, first, sum } = await render.system.transact(async (transaction) => ({
    ...(await findRefused(transaction, name)),
    sum: await sumExamined(transaction, name),
  }))
  if (first !== undefined) return endWithoutRenders(render, name, { count, first })
  if (isForbidden(open)) return endWithoutRenders(render, name, open.forbidden[0]!)
  try {
    // Cancelled meanwhile: it is looked at once more, and what was promised just now is given back.
    return (await promiseAll(render, open, sum)) ? 0 : 1
  } catch (error) {
    if (!isFlatRenderError(error, 'CREDITS_SHORT', 'CREDIT_ACCOUNT_UNKNOWN', 'PLAN_MINUTES_SPENT'))
      throw error
    return endWithoutRenders(render, name, error)
  }
}

/** Promises all rows their credits and their minutes, which count from now on, unless the batch has been cancelled. */
async function promiseAll(
  { database, identity }: Render,
  { batch, call, terms }: OpenBatch,
  { credits: amount, milliseconds }: RowMeasure,
): Promise<boolean> {
  const { id: batchId, tenant_id: tenantId, account_id: accountId } = batch
  const account = { tenantId, accountId }
  return database.transact(call.actor, async (transaction) => {
    await holdAccount(transaction, account, 'renders')
    await assertMinutes(transaction, account, terms.standing.plan, { milliseconds })
    await identity.credits.reserve(
      { accountId, reference: batchId, amount, expiresInSeconds: PROMISED_SECONDS },
      { context: asSystem(call) },
    )
    return (await moveBatch(transaction, { tenantId, batchId }, 'placing')) !== undefined
  })
}
