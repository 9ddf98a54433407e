import { randomUUID } from 'node:crypto'
import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Identity } from '../deps.ts'
import { insertDelivery } from './deliveries-store.ts'
import { describeDelivery } from './describe-webhook.ts'
import { wakeDeliveries } from './wake-deliveries.ts'
import { findWebhook } from './webhooks-store.ts'
import { writeBody } from './write-body.ts'

/** Sends something to a webhook. Errors: WEBHOOK_UNKNOWN, WEBHOOK_WITHOUT_ADDRESS. */
export async function testWebhook(identity: Identity, { actor }: Call, { id }: { id: string }) {
  const { tenantId } = actor
  const row = await identity.database.transact(actor, async (transaction) => {
    const webhook = await findWebhook(transaction, { tenantId, id })
    if (webhook === undefined) throw new FlatRenderError('WEBHOOK_UNKNOWN')
    if (webhook.kind === 'renders') throw new FlatRenderError('WEBHOOK_WITHOUT_ADDRESS')
    const [eventId, eventType] = [randomUUID(), 'webhook.test']
    const data = { webhookId: id }
    const payload = writeBody({ type: eventType, timestamp: new Date().toISOString(), data })
    return insertDelivery(transaction, { tenantId, webhookId: id, eventId, eventType, url: null, payload })
  })
  await wakeDeliveries(identity)
  return describeDelivery(row!)
}
