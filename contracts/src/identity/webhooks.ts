import { z } from 'zod'
import { procedure } from '../call/procedure.ts'
import { moment, words } from './values.ts'

/** Types of events that tenants are told of. */
export const webhookTypes = [
  'render.job.submitted',
  'render.job.succeeded',
  'render.job.failed',
  'render.job.cancelled',
  'render.batch.finished',
] as const

const url = z.url({ protocol: /^https?$/ }).max(2000)
const eventTypes = z.array(z.enum(webhookTypes)).max(webhookTypes.length)

const webhook = z.object({
  id: z.uuid(),
  /** `renders`: what goes to the address that a render names; one for each tenant, from the first of them on. */
  kind: z.enum(['endpoint', 'renders']),
  /** Null where renders name it. */
  url: z.string().nullable(),
  description: z.string(),
  /** None: all. */
  eventTypes: z.array(z.string()),
  /** `failing`: the last tries failed; it is tried all the same. */
  state: z.enum(['active', 'paused', 'failing']),
  createdAt: moment,
})

/** By what its requests are signed (Standard Webhooks): `whsec_` and base64. It is shown this once. */
const secret = z.string().regex(/^whsec_[A-Za-z0-9+/=]{32,100}$/)

/** A try. */
const delivery = z.object({
  id: z.uuid(),
  webhookId: z.uuid(),
  /** The request's `webhook-id`: the same for every try. */
  eventId: z.uuid(),
  eventType: z.string(),
  /** 1 for the first. */
  attempt: z.int(),
  /** `failed`: there is another try; `abandoned`: there is none. */
  state: z.enum(['pending', 'delivered', 'failed', 'abandoned']),
  responseStatus: z.int().nullable(),
  /** The first characters of the answer. */
  responseExcerpt: z.string().nullable(),
  /** Why there was no answer. */
  error: z.string().nullable(),
  milliseconds: z.int().nullable(),
  /** When it is tried, of a pending one. */
  nextAttemptAt: moment.nullable(),
  createdAt: moment,
  finishedAt: moment.nullable(),
})

const ofWebhook = z.object({ id: z.uuid() })
const tags = ['webhooks']

/** What a tenant's own servers are told by POST, signed as Standard Webhooks has it. */
export const webhooks = {
  create: procedure('webhooks:write')
    .route({
      method: 'POST',
      path: '/webhooks',
      successStatus: 201,
      summary: 'Have a server told of events',
      description:
        'Every event is sent until the server answers with 2xx, eight times within a day. The secret that signs them is in this answer alone.',
      tags,
    })
    .input(z.object({ url, description: words.max(500).default(''), eventTypes: eventTypes.default([]) }))
    .output(webhook.extend({ secret })),
  list: procedure('webhooks:read')
    .route({ method: 'GET', path: '/webhooks', summary: 'List the webhooks', tags })
    .output(z.object({ webhooks: z.array(webhook) })),
  change: procedure('webhooks:write')
    .route({ method: 'PATCH', path: '/webhooks/{id}', summary: 'Change or pause a webhook', tags })
    .input(
      ofWebhook.extend({
        url: url.optional(),
        description: words.max(500).optional(),
        eventTypes: eventTypes.optional(),
        /** What happens while it is paused is not sent. */
        state: z.enum(['active', 'paused']).optional(),
      }),
    )
    .output(webhook),
  delete: procedure('webhooks:write')
    .route({
      method: 'DELETE',
      path: '/webhooks/{id}',
      summary: 'Delete a webhook, with what is still to be sent',
      tags,
    })
    .input(ofWebhook)
    .output(z.object({})),
  replaceSecret: procedure('webhooks:write')
    .route({
      method: 'POST',
      path: '/webhooks/{id}/secret',
      summary: 'Replace a webhook’s secret',
      description: 'The new one is in this answer alone; the old one signs nothing any more.',
      tags,
    })
    .input(ofWebhook)
    .output(z.object({ secret })),
  test: procedure('webhooks:write')
    .route({
      method: 'POST',
      path: '/webhooks/{id}/test',
      successStatus: 202,
      summary: 'Send something to a webhook',
      description: 'An event of the type `webhook.test`, whatever types it takes.',
      tags,
    })
    .input(ofWebhook)
    .output(delivery),
  listDeliveries: procedure('webhooks:read')
    .route({
      method: 'GET',
      path: '/webhooks/{id}/deliveries',
      summary: 'What was sent to a webhook, and what did it answer?',
      description:
        'Every try, the newest first; they are kept for 30 days. `next` is the `cursor` of the next page; null on the last.',
      tags,
    })
    .input(
      ofWebhook.extend({
        cursor: z.uuid().optional(),
        limit: z.coerce.number().int().min(1).max(100).default(50),
      }),
    )
    .output(z.object({ deliveries: z.array(delivery), next: z.uuid().nullable() })),
  replay: procedure('webhooks:write')
    .route({
      method: 'POST',
      path: '/webhooks/deliveries/{id}/replay',
      successStatus: 202,
      summary: 'Send something again',
      description: 'The same body under the same `webhook-id`, now.',
      tags,
    })
    .input(z.object({ id: z.uuid() }))
    .output(delivery),
  /**
   * Tells a tenant of an event: its webhooks that take the type, and the address that a render named. Told again, it is sent
   * once.
   */
  send: procedure('service')
    .input(
      z.object({
        /** Of `platform.events`. */
        eventId: z.uuid(),
        type: z.enum(webhookTypes),
        happenedAt: moment,
        /** The body's `data`. */
        data: z.record(z.string(), z.unknown()),
        /** An address beside the tenant's own. */
        url: url.nullable(),
      }),
    )
    .output(z.object({})),
}
