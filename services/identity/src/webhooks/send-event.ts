import { randomUUID } from 'node:crypto'
import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { insertDelivery } from './deliveries-store.ts'
import { wakeDeliveries } from './wake-deliveries.ts'
import { makeWebhookSecret, sealWebhookSecret } from './webhook-secret.ts'
import { ensureRendersWebhook, findWebhooks } from './webhooks-store.ts'
import { writeBody } from './write-body.ts'

/** Leaves an event to be sent to all webhooks of the tenant that take its type, and to an address beside; once. */
export async function sendEvent(
  identity: Identity,
  { actor }: Call,
  input: {
    eventId: string
    type: string
    happenedAt: string
    data: Readonly<Record<string, unknown>>
    url: string | null
  },
): Promise<Record<string, never>> {
  const { tenantId } = actor
  const { eventId, type: eventType, happenedAt: timestamp, data, url } = input
  const event = { tenantId, eventId, eventType, payload: writeBody({ type: eventType, timestamp, data }) }
  await identity.database.transact(actor, async (transaction) => {
    for (const webhook of await findWebhooks(transaction, tenantId)) {
      const { id: webhookId, kind, state, event_types: types } = webhook
      const wants = kind === 'endpoint' && (types.length === 0 || types.includes(eventType))
      if (wants && state !== 'paused') await insertDelivery(transaction, { ...event, webhookId, url: null })
    }
    if (url === null) return
    const id = randomUUID()
    const sealedSecret = sealWebhookSecret(identity.secretKeys, id, makeWebhookSecret())
    const own = await ensureRendersWebhook(transaction, { tenantId, id, sealedSecret })
    if (own.state !== 'paused') await insertDelivery(transaction, { ...event, webhookId: own.id, url })
  })
  await wakeDeliveries(identity)
  return {}
}
