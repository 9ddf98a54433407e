import { randomUUID } from 'node:crypto'
import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { describeAddress } from '@flatrender/platform/outbound'
import { answerOnce } from '@flatrender/platform/service'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { assertProven } from '../sessions/assert-proven.ts'
import { describeWebhook } from './describe-webhook.ts'
import { makeWebhookSecret, sealWebhookSecret } from './webhook-secret.ts'
import { findWebhooks, insertWebhook } from './webhooks-store.ts'

/** Webhooks of a tenant. */
const MOST = 50

/**
 * Has a server of the tenant's told of events. Its address is looked at by its text here, and by where it leads whenever
 * something is sent. Errors: ADDRESS_REFUSED, WEBHOOKS_TOO_MANY, STEP_UP_REQUIRED, and those of asking again with an
 * `Idempotency-Key`.
 */
export async function createWebhook(
  identity: Identity,
  call: Call,
  input: { url: string; description: string; eventTypes: readonly string[] },
) {
  const { tenantId } = call.actor
  const { secretKeys, outbound } = identity
  const once = { call, service: 'identity', procedure: 'webhooks.create', input, secretKeys }
  return identity.database.transact(call.actor, async (transaction) => {
    await assertProven(transaction, call)
    return answerOnce(transaction, once, async () => {
      outbound.assertCallable(input.url)
      if ((await findWebhooks(transaction, tenantId)).length >= MOST)
        throw new FlatRenderError('WEBHOOKS_TOO_MANY', { limit: MOST })
      const [id, secret] = [randomUUID(), makeWebhookSecret()]
      const sealedSecret = sealWebhookSecret(secretKeys, id, secret)
      const row = await insertWebhook(transaction, { ...input, tenantId, id, sealedSecret })
      const after = { address: describeAddress(input.url), eventTypes: row.event_types }
      await writeAudit(transaction, call, { action: 'webhook.created', subject: id, after })
      return { ...describeWebhook(row), secret }
    })
  })
}
