import type { Identity } from '../deps.ts'
import { procedures } from '../procedures.ts'
import { changeWebhook } from './change-webhook.ts'
import { createWebhook } from './create-webhook.ts'
import { deleteWebhook } from './delete-webhook.ts'
import { listDeliveries } from './list-deliveries.ts'
import { listWebhooks } from './list-webhooks.ts'
import { replaceSecret } from './replace-secret.ts'
import { replayDelivery } from './replay-delivery.ts'
import { sendEvent } from './send-event.ts'
import { testWebhook } from './test-webhook.ts'

const os = procedures.webhooks

/** `webhooks.*`: procedure → use case. */
export const webhooksRoutes = (identity: Identity) =>
  os.router({
    create: os.create.handler(({ context, input }) => createWebhook(identity, context, input)),
    list: os.list.handler(({ context }) => listWebhooks(identity, context)),
    change: os.change.handler(({ context, input }) => changeWebhook(identity, context, input)),
    delete: os.delete.handler(({ context, input }) => deleteWebhook(identity, context, input)),
    replaceSecret: os.replaceSecret.handler(({ context, input }) => replaceSecret(identity, context, input)),
    test: os.test.handler(({ context, input }) => testWebhook(identity, context, input)),
    listDeliveries: os.listDeliveries.handler(({ context, input }) =>
      listDeliveries(identity, context, input),
    ),
    replay: os.replay.handler(({ context, input }) => replayDelivery(identity, context, input)),
    send: os.send.handler(({ context, input }) => sendEvent(identity, context, input)),
  })
