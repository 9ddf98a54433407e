import { callAsSystem } from '@flatrender/contracts/call'
import type { Render } from '../deps.ts'
import { readKeptOutput } from '../renders/describe-render.ts'
import { quoteRender } from '../renders/quote-render.ts'
import type { RenderRow } from '../renders/renders-store.ts'
import { noteRender } from '../renders/renders-system-store.ts'
import { PROMISED_SECONDS, restOf } from '../renders/renew-credits.ts'

/**
 * Reserves what a video costs beyond what was quoted, because its media made it longer; it is renewed with the rest.
 * Errors: CREDITS_SHORT.
 */
export async function reserveRest(
  { identity, system }: Render,
  row: RenderRow,
  frames: number,
): Promise<void> {
  const quoted = Number(row.credits_quoted)
  const amount = quoteRender({ ...readKeptOutput(row), frames }) - quoted
  if (amount <= 0) return
  await identity.credits.reserve(
    {
      accountId: row.account_id,
      reference: restOf(row.id),
      amount,
      expiresInSeconds: PROMISED_SECONDS,
    },
    { context: callAsSystem(row.tenant_id) },
  )
  await system.transact((transaction) =>
    noteRender(
      transaction,
      { tenantId: row.tenant_id, renderId: row.id },
      { credits_reserved: String(quoted + amount) },
    ),
  )
}
