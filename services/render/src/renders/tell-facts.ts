import type { Call } from '@flatrender/contracts/call'
import type { Render } from '../deps.ts'
import { findExportsOf } from '../exports/exports-store.ts'
import { describeRender } from './describe-render.ts'
import { requireRender } from './require-render.ts'

/** A render as its tenant sees it, and where its end is to be told. Errors: RENDER_UNKNOWN. */
export async function tellFacts({ database }: Render, { actor }: Call, { id }: { id: string }) {
  return database.transact(actor, async (transaction) => {
    const row = await requireRender(transaction, actor, id)
    const exports = await findExportsOf(transaction, actor.tenantId, [id])
    return { render: describeRender(row, exports), webhookUrl: row.webhook_url }
  })
}
