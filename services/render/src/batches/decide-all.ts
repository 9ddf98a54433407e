import { asSystem } from '@flatrender/contracts/call'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import type { Render } from '../deps.ts'
import { assertMinutes } from '../minutes/assert-minutes.ts'
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
    await promiseAll(render, open, sum)
  } catch (error) {
    if (!isFlatRenderError(error, 'CREDITS_SHORT', 'CREDIT_ACCOUNT_UNKNOWN', 'PLAN_MINUTES_SPENT'))
      throw error
    return endWithoutRenders(render, name, error)
  }
  const moved = await render.system.transact((transaction) => moveBatch(transaction, name, 'placing'))
  // Cancelled meanwhile: it is looked at once more, and what was promised just now is given back.
  return moved === undefined ? 1 : 0
}

async function promiseAll(
  { database, identity }: Render,
  { batch, call, terms }: OpenBatch,
  { credits: amount, milliseconds }: RowMeasure,
): Promise<void> {
  const account = { tenantId: batch.tenant_id, accountId: batch.account_id }
  await database.transact(call.actor, (transaction) =>
    assertMinutes(transaction, account, terms.standing.plan, { milliseconds }),
  )
  await identity.credits.reserve(
    { accountId: batch.account_id, reference: batch.id, amount, expiresInSeconds: PROMISED_SECONDS },
    { context: asSystem(call) },
  )
}
