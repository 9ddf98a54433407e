import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'

/** Seconds for which a try is its maker's: longer than one lasts. Whoever dies over it leaves it to the others then. */
const CLAIMED = 60

/** A try that is to be made now. */
export interface DueDelivery {
  readonly tenantId: string
  readonly id: string
  readonly webhookId: string
  readonly eventId: string
  readonly attempt: number
  readonly payload: string
  readonly url: string
  /** Somebody named the address for one render: it is no webhook of the tenant's, and what it answers is nobody else's affair. */
  readonly isOwnAddress: boolean
  readonly sealedSecret: Buffer
  /** Does its webhook send anything now? */
  readonly paused: boolean
}

/** Claims tries whose time has come, the oldest first; whatever others have claimed is left to them. */
export async function claimDeliveries(
  transaction: SystemTransaction<Tables>,
  limit: number,
): Promise<DueDelivery[]> {
  const { rows } = await sql<DueDelivery>`
    with due as (
      select tenant_id, id from identity.tenant_webhook_deliveries
      where state = 'pending' and next_attempt_at <= now()
      order by next_attempt_at limit ${limit} for update skip locked
    )
    update identity.tenant_webhook_deliveries as delivery
    set next_attempt_at = now() + make_interval(secs => ${CLAIMED})
    from due, identity.tenant_webhooks as webhook
    where delivery.tenant_id = due.tenant_id and delivery.id = due.id
      and webhook.tenant_id = delivery.tenant_id and webhook.id = delivery.webhook_id
    returning delivery.tenant_id as "tenantId", delivery.id, webhook.id as "webhookId", event_id as "eventId", attempt,
      payload, coalesce(delivery.url, webhook.url) as url,
      delivery.url is not null as "isOwnAddress", sealed_secret as "sealedSecret",
      webhook.state = 'paused' as paused`.execute(transaction)
  return rows
}

/** Holds a webhook until the transaction ends: first of all, as whoever has something sent again does. */
export async function holdWebhook(
  transaction: SystemTransaction<Tables>,
  { tenantId, webhookId }: DueDelivery,
): Promise<void> {
  await sql`select from identity.tenant_webhooks
    where tenant_id = ${tenantId} and id = ${webhookId} for update`.execute(transaction)
}

/** What came of a try. */
export interface TryOutcome {
  readonly state: 'delivered' | 'failed' | 'abandoned'
  readonly status: number | null
  readonly excerpt: string | null
  readonly error: string | null
  readonly milliseconds: number | null
}

/** Writes down what came of a try; false where that was done already. */
export async function endTry(
  transaction: SystemTransaction<Tables>,
  { tenantId, id }: DueDelivery,
  outcome: TryOutcome,
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable('identity.tenant_webhook_deliveries')
    .set({
      state: outcome.state,
      response_status: outcome.status,
      response_excerpt: outcome.excerpt,
      error: outcome.error,
      duration_ms: outcome.milliseconds,
      next_attempt_at: null,
      finished_at: sql<Date>`now()`,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('state', '=', 'pending')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Has a failed try made again in so many seconds. */
export async function insertNextTry(
  transaction: SystemTransaction<Tables>,
  { tenantId, id }: DueDelivery,
  seconds: number,
): Promise<void> {
  await sql`insert into identity.tenant_webhook_deliveries
      (tenant_id, webhook_id, event_id, event_type, url, payload, attempt, next_attempt_at)
    select tenant_id, webhook_id, event_id, event_type, url, payload, attempt + 1, now() + make_interval(secs => ${seconds})
    from identity.tenant_webhook_deliveries where tenant_id = ${tenantId} and id = ${id}
    on conflict do nothing`.execute(transaction)
}

/** A webhook's server answered as it should: what failed before is forgotten. */
export async function forgetFailures(
  transaction: SystemTransaction<Tables>,
  { tenantId, webhookId }: DueDelivery,
): Promise<void> {
  await sql`update identity.tenant_webhooks
    set failures = 0, state = case state when 'failing' then 'active' else state end
    where tenant_id = ${tenantId} and id = ${webhookId} and failures > 0`.execute(transaction)
}

/** Failures in a row after which a webhook counts as failing. */
const MANY = 5

/** Counts a failure of a webhook's server; `gone` pauses it. Gives how many there were in a row. */
export async function countFailure(
  transaction: SystemTransaction<Tables>,
  { tenantId, webhookId }: DueDelivery,
  gone: boolean,
): Promise<number> {
  const { rows } = await sql<{
    failures: number
  }>`update identity.tenant_webhooks set failures = failures + 1,
      state = case when ${gone} then 'paused' when failures + 1 >= ${MANY} and state = 'active' then 'failing' else state end
    where tenant_id = ${tenantId} and id = ${webhookId} returning failures`.execute(transaction)
  return rows[0]?.failures ?? 1
}

/** Keeps what else waits for an address back for so many seconds: it isn't asked while it fails. */
export async function postponeOthers(
  transaction: SystemTransaction<Tables>,
  { tenantId, webhookId, url, isOwnAddress }: DueDelivery,
  seconds: number,
): Promise<void> {
  await sql`update identity.tenant_webhook_deliveries
    set next_attempt_at = now() + make_interval(secs => ${seconds})
    where tenant_id = ${tenantId} and webhook_id = ${webhookId} and state = 'pending'
      and url is not distinct from ${isOwnAddress ? url : null} and next_attempt_at < now() + make_interval(secs => ${seconds})`.execute(
    transaction,
  )
}

/** Days that tries are kept. */
const KEPT_DAYS = 30

/** Deletes tries that ended long ago. */
export async function deleteOldDeliveries(transaction: SystemTransaction<Tables>): Promise<void> {
  await sql`delete from identity.tenant_webhook_deliveries
    where created_at < now() - make_interval(days => ${KEPT_DAYS}) and state <> 'pending'`.execute(
    transaction,
  )
}
