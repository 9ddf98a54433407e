import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Render } from '../deps.ts'
import { asEngineChoice } from '../output/read-output.ts'
import { readKeptOutput } from './describe-render.ts'
import { requireRender } from './require-render.ts'
import { takeOn } from './take-on-render.ts'

/** Takes a render on again that failed or was cancelled. Errors: RENDER_UNKNOWN, RENDER_STATE_WRONG, those of submitting. */
export async function retryRender(render: Render, call: Call, input: { id: string }) {
  const row = await render.database.transact(call.actor, (transaction) =>
    requireRender(transaction, call.actor, input.id),
  )
  const { id, state } = row
  if (state !== 'failed' && state !== 'cancelled')
    throw new FlatRenderError('RENDER_STATE_WRONG', { render: id, state, wanted: 'retried' })
  const output = readKeptOutput(row)
  const { format, range } = output
  const wish = async () => ({
    templateId: row.template_id,
    versionId: row.template_version_id,
    modifications: row.modifications,
    output: { ...asEngineChoice(output), format, ...(range && { range }) },
    lane: row.lane,
    webhook: row.webhook_url ?? undefined,
  })
  const more = {
    webhook: row.webhook_url ?? undefined,
    metadata: row.metadata,
    retryOfId: id,
  }
  return takeOn(render, call, { procedure: 'renders.retry', input, wish, more })
}
