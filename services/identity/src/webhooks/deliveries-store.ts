import type { TenantTransaction } from '@flatrender/platform/db'
import { type Selectable, sql } from 'kysely'
import type { Tables } from '../tables.ts'

const shown = [
  'id',
  'webhook_id',
  'event_id',
  'event_type',
  'attempt',
  'state',
  'response_status',
  'response_excerpt',
  'error',
  'duration_ms',
  'next_attempt_at',
  'created_at',
  'finished_at',
] as const

/** What is shown of a try. */
export type DeliveryRow = Pick<
  Selectable<Tables['identity.tenant_webhook_deliveries']>,
  (typeof shown)[number]
>

/** What is to be sent. */
export interface NewDelivery {
  readonly tenantId: string
  readonly webhookId: string
  readonly eventId: string
  readonly eventType: string
  /** The address, where it isn't the webhook's. */
  readonly url: string | null
  readonly payload: string
}

/** A try of something, the first unless told, to be made now; undefined where there is one already. */
export async function insertDelivery(
  transaction: TenantTransaction<Tables>,
  delivery: NewDelivery,
  attempt = 1,
): Promise<DeliveryRow | undefined> {
  return transaction
    .insertInto('identity.tenant_webhook_deliveries')
    .values({
      tenant_id: delivery.tenantId,
      webhook_id: delivery.webhookId,
      event_id: delivery.eventId,
      event_type: delivery.eventType,
      url: delivery.url,
      payload: delivery.payload,
      attempt,
      next_attempt_at: sql<Date>`now()`,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning(shown)
    .executeTakeFirst()
}

/** A page of the tries of a webhook, the newest first. */
export async function findDeliveries(
  transaction: TenantTransaction<Tables>,
  {
    tenantId,
    webhookId,
    cursor,
    limit,
  }: { tenantId: string; webhookId: string; cursor?: string | undefined; limit: number },
): Promise<DeliveryRow[]> {
  let found = transaction
    .selectFrom('identity.tenant_webhook_deliveries')
    .select(shown)
    .where('tenant_id', '=', tenantId)
    .where('webhook_id', '=', webhookId)
  if (cursor !== undefined)
    found = found.where(
      sql<boolean>`(created_at, id) < (
        select last.created_at, last.id from identity.tenant_webhook_deliveries as last
        where last.tenant_id = ${tenantId} and last.id = ${cursor}
      )`,
    )
  return found.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

/** The last try of what a try was of; whoever else asks for it waits until the transaction ends. */
export async function holdLastTry(
  transaction: TenantTransaction<Tables>,
  { tenantId, id }: { tenantId: string; id: string },
): Promise<(DeliveryRow & { url: string | null; payload: string }) | undefined> {
  const asked = await transaction
    .selectFrom('identity.tenant_webhook_deliveries')
    .select(['webhook_id', 'event_id'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (asked === undefined) return undefined
  await transaction
    .selectFrom('identity.tenant_webhooks')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', asked.webhook_id)
    .forUpdate()
    .execute()
  return transaction
    .selectFrom('identity.tenant_webhook_deliveries')
    .select([...shown, 'url', 'payload'])
    .where('tenant_id', '=', tenantId)
    .where('webhook_id', '=', asked.webhook_id)
    .where('event_id', '=', asked.event_id)
    .orderBy('attempt', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Has a try that waits made now. */
export async function updateDueNow(
  transaction: TenantTransaction<Tables>,
  { tenantId, id }: { tenantId: string; id: string },
): Promise<DeliveryRow | undefined> {
  return transaction
    .updateTable('identity.tenant_webhook_deliveries')
    .set({ next_attempt_at: sql<Date>`now()` })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('state', '=', 'pending')
    .returning(shown)
    .executeTakeFirst()
}
