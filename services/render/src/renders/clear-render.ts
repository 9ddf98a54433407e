import { callAsSystem } from '@flatrender/contracts/call'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { followBatch } from '../batches/follow-batch.ts'
import type { Render } from '../deps.ts'
import { findExportsOf } from '../exports/exports-store.ts'
import { registerExport } from '../exports/register-export.ts'
import { planLater } from '../plans/plan-later.ts'
import { leaveSegments } from '../segments/leave-segments.ts'
import { readRenderName } from './render-name.ts'
import { hasEnded } from './render-state.ts'
import { findRender, type RenderRow } from './renders-store.ts'
import { findQueued } from './renders-system-store.ts'
import { listReservations } from './renew-credits.ts'

/** One place becomes free; what should have let somebody in before may have been lost. */
const LOOKED_AT = 3

/** Job: gives back what a render that is over has held: segments, credits, files, its place among its account's. */
export async function clearRender(render: Render, payload: unknown): Promise<void> {
  const name = readRenderName(payload)
  const row = await render.system.ask((transaction) => findRender(transaction, name))
  if (row === undefined || !hasEnded(row.state)) return
  if (!(await isMadeAgain(render, row))) await leaveSegments(render, name)
  await payCredits(render, row)
  if (row.state === 'succeeded') await registerExport(render, row)
  await render.files.files.unreference(
    { by: { service: 'render', noun: 'render_jobs', id: row.id } },
    { context: callAsSystem(row.tenant_id) },
  )
  await letIn(render, row)
  await followBatch(render, row)
}

/** Is the file of one that succeeded made once more? That still takes its segments, and its end comes here too. */
async function isMadeAgain({ system }: Render, { tenant_id: tenantId, id, state }: RenderRow) {
  if (state !== 'succeeded') return false
  const files = await system.ask((transaction) => findExportsOf(transaction, tenantId, [id]))
  return files.some((file) => file.state === 'assembling')
}

/** Takes what the video cost, and frees the rest; all of it where there is none. */
async function payCredits({ identity }: Render, row: RenderRow): Promise<void> {
  const context = { context: callAsSystem(row.tenant_id) }
  const { account_id: accountId } = row
  let left = Number(row.credits_settled ?? 0)
  for (const { reference, amount: reserved } of listReservations(row)) {
    const amount = Math.min(left, reserved)
    left -= amount
    if (amount > 0) await identity.credits.settle({ accountId, reference, amount }, context)
    else await identity.credits.release({ accountId, reference }, context).catch(ignoreUnknown)
  }
}

/** What was never reserved needs no release. */
function ignoreUnknown(error: unknown): void {
  if (!isFlatRenderError(error, 'CREDIT_RESERVATION_UNKNOWN')) throw error
}

/** Lets the next of an account's renders in that wait for a place. */
async function letIn({ system }: Render, { tenant_id: tenantId, account_id: accountId }: RenderRow) {
  await system.transact(async (transaction) => {
    for (const next of await findQueued(transaction, { tenantId, accountId }, LOOKED_AT))
      await planLater(transaction, next)
  })
}
