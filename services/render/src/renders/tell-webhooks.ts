import { callAsSystem } from '@flatrender/contracts/call'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { webhookTypes } from '@flatrender/contracts/identity'
import type { Event } from '@flatrender/platform/events'
import { tellBatchFacts } from '../batches/tell-batch-facts.ts'
import type { Render } from '../deps.ts'
import { tellFacts } from './tell-facts.ts'

/**
 * Has the tenant's servers told of a render or a batch, as it is now; and the address that it named, of its end. Told again,
 * they hear once. One that is gone is nobody's to tell.
 */
export async function tellWebhooks(render: Render, event: Event): Promise<void> {
  const { id: eventId, tenantId, subject } = event
  const type = webhookTypes.find((known) => known === event.type)
  if (type === undefined || tenantId === null || subject === null) return
  const context = callAsSystem(tenantId)
  const tell = type === 'render.batch.finished' ? tellBatchFacts : tellFacts
  const facts = await tell(render, context, { id: subject }).catch((error: unknown) => {
    if (isFlatRenderError(error, 'RENDER_UNKNOWN', 'BATCH_UNKNOWN')) return undefined
    throw error
  })
  if (facts === undefined) return
  const { webhookUrl, ...data } = facts
  await render.identity.webhooks.send(
    {
      eventId,
      type,
      happenedAt: event.happenedAt.toISOString(),
      data,
      url: type === 'render.job.submitted' ? null : webhookUrl,
    },
    { context },
  )
}
