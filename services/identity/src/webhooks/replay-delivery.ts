import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Identity } from '../deps.ts'
import { holdLastTry, insertDelivery, updateDueNow } from './deliveries-store.ts'
import { describeDelivery } from './describe-webhook.ts'
import { wakeDeliveries } from './wake-deliveries.ts'

/** Sends something again, now: the try that waits, else one more. Errors: WEBHOOK_DELIVERY_UNKNOWN. */
export async function replayDelivery(identity: Identity, { actor }: Call, { id }: { id: string }) {
  const { tenantId } = actor
  const row = await identity.database.transact(actor, async (transaction) => {
    const last = await holdLastTry(transaction, { tenantId, id })
    if (last === undefined) throw new FlatRenderError('WEBHOOK_DELIVERY_UNKNOWN')
    const { webhook_id: webhookId, event_id: eventId, event_type: eventType, url, payload, attempt } = last
    return last.state === 'pending'
      ? updateDueNow(transaction, { tenantId, id: last.id })
      : insertDelivery(transaction, { tenantId, webhookId, eventId, eventType, url, payload }, attempt + 1)
  })
  await wakeDeliveries(identity)
  return describeDelivery(row!)
}
