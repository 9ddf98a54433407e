import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { describeAddress } from '@flatrender/platform/outbound'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { assertProven } from '../sessions/assert-proven.ts'
import { describeWebhook } from './describe-webhook.ts'
import { findWebhook, updateWebhook } from './webhooks-store.ts'

/** Changes a webhook. Errors: WEBHOOK_UNKNOWN, WEBHOOK_WITHOUT_ADDRESS, ADDRESS_REFUSED, STEP_UP_REQUIRED. */
export async function changeWebhook(
  identity: Identity,
  call: Call,
  {
    id,
    ...change
  }: {
    id: string
    url?: string | undefined
    description?: string | undefined
    eventTypes?: readonly string[] | undefined
    state?: 'active' | 'paused' | undefined
  },
) {
  const { tenantId } = call.actor
  return identity.database.transact(call.actor, async (transaction) => {
    await assertProven(transaction, call)
    const known = await findWebhook(transaction, { tenantId, id })
    if (known === undefined) throw new FlatRenderError('WEBHOOK_UNKNOWN')
    const { url, ...open } = change
    if (url !== undefined) {
      if (known.kind === 'renders') throw new FlatRenderError('WEBHOOK_WITHOUT_ADDRESS')
      identity.outbound.assertCallable(url)
    }
    const row = await updateWebhook(transaction, { tenantId, id }, change)
    if (row === undefined) throw new FlatRenderError('WEBHOOK_UNKNOWN')
    const after = { ...open, ...(url !== undefined && { address: describeAddress(url) }) }
    await writeAudit(transaction, call, { action: 'webhook.changed', subject: id, after })
    return describeWebhook(row)
  })
}
