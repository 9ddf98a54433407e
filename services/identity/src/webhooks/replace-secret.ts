import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { assertProven } from '../sessions/assert-proven.ts'
import { makeWebhookSecret, sealWebhookSecret } from './webhook-secret.ts'
import { findWebhook, updateWebhook } from './webhooks-store.ts'

/** Gives a webhook a new secret, and shows it this once. Errors: WEBHOOK_UNKNOWN, STEP_UP_REQUIRED. */
export async function replaceSecret(
  identity: Identity,
  call: Call,
  { id }: { id: string },
): Promise<{ secret: string }> {
  const { tenantId } = call.actor
  const secret = makeWebhookSecret()
  await identity.database.transact(call.actor, async (transaction) => {
    await assertProven(transaction, call)
    const known = await findWebhook(transaction, { tenantId, id })
    if (known === undefined) throw new FlatRenderError('WEBHOOK_UNKNOWN')
    // Bound to the id as the database writes it.
    const sealedSecret = sealWebhookSecret(identity.secretKeys, known.id, secret)
    await updateWebhook(transaction, { tenantId, id }, { sealedSecret })
    await writeAudit(transaction, call, { action: 'webhook.secret_replaced', subject: known.id })
  })
  return { secret }
}
