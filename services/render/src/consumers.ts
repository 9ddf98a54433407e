import type { Consumer } from '@flatrender/platform/events'
import type { Render } from './deps.ts'
import { planRender } from './plans/plan-render.ts'

/** What the service does when something happens, a line each. */
export function listConsumers(render: Render): Readonly<Record<`render.${string}`, Consumer>> {
  return {
    'render.begin-render': {
      types: ['render.job.submitted'],
      handle: ({ tenantId, subject: renderId }, signal) => planRender(render, { tenantId, renderId }, signal),
    },
  }
}
