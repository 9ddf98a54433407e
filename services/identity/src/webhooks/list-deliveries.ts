import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Identity } from '../deps.ts'
import { findDeliveries } from './deliveries-store.ts'
import { describeDelivery } from './describe-webhook.ts'
import { findWebhook } from './webhooks-store.ts'

/** Lists the tries of a webhook, a page at a time, the newest first. Errors: WEBHOOK_UNKNOWN. */
export async function listDeliveries(
  identity: Identity,
  { actor }: Call,
  { id, cursor, limit }: { id: string; cursor?: string | undefined; limit: number },
) {
  const { tenantId } = actor
  const rows = await identity.database.transact(actor, async (transaction) => {
    if ((await findWebhook(transaction, { tenantId, id })) === undefined)
      throw new FlatRenderError('WEBHOOK_UNKNOWN')
    // One more tells whether there is a next page.
    return findDeliveries(transaction, { tenantId, webhookId: id, cursor, limit: limit + 1 })
  })
  const page = rows.slice(0, limit)
  return {
    deliveries: page.map(describeDelivery),
    next: rows.length > page.length ? page.at(-1)!.id : null,
  }
}
