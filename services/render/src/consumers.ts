import { webhookTypes } from '@flatrender/contracts/identity'
import type { Consumer } from '@flatrender/platform/events'
import { advanceBatch } from './batches/advance-batch.ts'
import type { Render } from './deps.ts'
import { giveUpDeleted } from './exports/give-up-deleted.ts'
import { planRender } from './plans/plan-render.ts'
import { tellWebhooks } from './renders/tell-webhooks.ts'
import { forgetUser } from './rows/forget-user.ts'
import { prepareSnapshot } from './snapshots/prepare-snapshot.ts'

/** What the service does when something happens, a line each. */
export function listConsumers(render: Render): Readonly<Record<`render.${string}`, Consumer>> {
  return {
    'render.begin-render': {
      types: ['render.job.submitted'],
      handle: ({ tenantId, subject: renderId }, signal) => planRender(render, { tenantId, renderId }, signal),
    },
    'render.begin-batch': {
      types: ['render.batch.submitted', 'render.batch.finished'],
      handle: ({ tenantId, subject: batchId }) => advanceBatch(render, { tenantId, batchId }),
    },
    'render.begin-snapshot': {
      types: ['render.snapshot.requested'],
      handle: ({ tenantId, subject: id }, signal) => prepareSnapshot(render, { tenantId, id }, signal),
    },
    'render.tell-webhooks': { types: webhookTypes, handle: (event) => tellWebhooks(render, event) },
    'render.give-up-deleted': {
      types: ['file.file.deleted'],
      handle: (event) => giveUpDeleted(render, event),
    },
    'render.forget-user': { types: ['identity.user.deleted'], handle: (event) => forgetUser(render, event) },
  }
}
