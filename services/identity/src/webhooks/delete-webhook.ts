import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { deleteWebhookRow } from './webhooks-store.ts'

/** Deletes a webhook, with all that was sent and is still to be. Errors: WEBHOOK_UNKNOWN. */
export async function deleteWebhook(
  identity: Identity,
  call: Call,
  { id }: { id: string },
): Promise<Record<string, never>> {
  const { tenantId } = call.actor
  await identity.database.transact(call.actor, async (transaction) => {
    if (!(await deleteWebhookRow(transaction, { tenantId, id }))) throw new FlatRenderError('WEBHOOK_UNKNOWN')
    await writeAudit(transaction, call, { action: 'webhook.deleted', subject: id })
  })
  return {}
}
