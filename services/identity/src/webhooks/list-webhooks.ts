import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { describeWebhook } from './describe-webhook.ts'
import { findWebhooks } from './webhooks-store.ts'

/** Lists the tenant's webhooks, without their secrets. */
export async function listWebhooks(identity: Identity, { actor }: Call) {
  const rows = await identity.database.transact(actor, (transaction) =>
    findWebhooks(transaction, actor.tenantId),
  )
  return { webhooks: rows.map(describeWebhook) }
}
