import type { DeliveryRow } from './deliveries-store.ts'
import type { WebhookRow } from './webhooks-store.ts'

/** Turns a webhook's row into what is answered. */
export function describeWebhook({ id, kind, url, description, state, ...row }: WebhookRow) {
  return {
    id,
    kind,
    url,
    description,
    eventTypes: row.event_types,
    state,
    createdAt: row.created_at.toISOString(),
  }
}

/** Turns a try's row into what is answered. */
export function describeDelivery({ id, attempt, state, error, ...row }: DeliveryRow) {
  return {
    id,
    webhookId: row.webhook_id,
    eventId: row.event_id,
    eventType: row.event_type,
    attempt,
    state,
    responseStatus: row.response_status,
    responseExcerpt: row.response_excerpt,
    error,
    milliseconds: row.duration_ms,
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}
