import type { TenantTransaction } from '@flatrender/platform/db'
import { type Selectable, sql } from 'kysely'
import type { Tables } from '../tables.ts'

const shown = ['id', 'kind', 'url', 'description', 'event_types', 'state', 'created_at'] as const

/** What is shown of a webhook. */
export type WebhookRow = Pick<Selectable<Tables['identity.tenant_webhooks']>, (typeof shown)[number]>

/** The tenant's webhooks, the newest first. */
export async function findWebhooks(
  transaction: TenantTransaction<Tables>,
  tenantId: string,
): Promise<WebhookRow[]> {
  return transaction
    .selectFrom('identity.tenant_webhooks')
    .select(shown)
    .where('tenant_id', '=', tenantId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** One of the tenant's webhooks. */
export async function findWebhook(
  transaction: TenantTransaction<Tables>,
  { tenantId, id }: { tenantId: string; id: string },
): Promise<WebhookRow | undefined> {
  return transaction
    .selectFrom('identity.tenant_webhooks')
    .select(shown)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Keeps a new webhook. */
export async function insertWebhook(
  transaction: TenantTransaction<Tables>,
  webhook: {
    tenantId: string
    id: string
    url: string
    description: string
    eventTypes: readonly string[]
    sealedSecret: Buffer
  },
): Promise<WebhookRow> {
  return transaction
    .insertInto('identity.tenant_webhooks')
    .values({
      tenant_id: webhook.tenantId,
      id: webhook.id,
      url: webhook.url,
      description: webhook.description,
      event_types: [...new Set(webhook.eventTypes)],
      sealed_secret: webhook.sealedSecret,
    })
    .returning(shown)
    .executeTakeFirstOrThrow()
}

/** The webhook of what renders name, made with this id and secret if there is none yet. */
export async function ensureRendersWebhook(
  transaction: TenantTransaction<Tables>,
  { tenantId, id, sealedSecret }: { tenantId: string; id: string; sealedSecret: Buffer },
): Promise<WebhookRow> {
  await transaction
    .insertInto('identity.tenant_webhooks')
    .values({ tenant_id: tenantId, id, kind: 'renders', sealed_secret: sealedSecret })
    .onConflict((conflict) => conflict.columns(['tenant_id']).where('kind', '=', 'renders').doNothing())
    .execute()
  return transaction
    .selectFrom('identity.tenant_webhooks')
    .select(shown)
    .where('tenant_id', '=', tenantId)
    .where('kind', '=', 'renders')
    .executeTakeFirstOrThrow()
}

/** Changes a webhook; undefined where there is none. A new address or a pause that ends forgets what failed. */
export async function updateWebhook(
  transaction: TenantTransaction<Tables>,
  { tenantId, id }: { tenantId: string; id: string },
  change: {
    url?: string | undefined
    description?: string | undefined
    eventTypes?: readonly string[] | undefined
    state?: 'active' | 'paused' | undefined
    sealedSecret?: Buffer
  },
): Promise<WebhookRow | undefined> {
  const anew = change.url !== undefined || change.state !== undefined
  return transaction
    .updateTable('identity.tenant_webhooks')
    .set({
      // Always something to set.
      updated_at: sql<Date>`now()`,
      url: change.url,
      description: change.description,
      event_types: change.eventTypes && [...new Set(change.eventTypes)],
      state: change.state ?? (anew ? sql`case state when 'failing' then 'active' else state end` : undefined),
      failures: anew ? 0 : undefined,
      sealed_secret: change.sealedSecret,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .returning(shown)
    .executeTakeFirst()
}

/** Deletes a webhook with its deliveries; false where there is none. */
export async function deleteWebhookRow(
  transaction: TenantTransaction<Tables>,
  { tenantId, id }: { tenantId: string; id: string },
): Promise<boolean> {
  const row = await transaction
    .deleteFrom('identity.tenant_webhooks')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
