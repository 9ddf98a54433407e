import type { SystemTransaction } from '@flatrender/platform/db'
import { enqueue } from '@flatrender/platform/events'
import type { RenderName } from '../renders/render-name.ts'
import type { Tables } from '../tables.ts'

/** The job that plans a render. */
const PLAN_RENDER = 'render.plan-render'

/** Has a render planned, at once or after so many seconds; of several wishes the last stands. */
export async function planLater(
  transaction: SystemTransaction<Tables>,
  { tenantId, renderId }: RenderName,
  seconds = 0,
): Promise<void> {
  await enqueue(transaction, {
    task: PLAN_RENDER,
    payload: { tenantId, renderId },
    key: renderId,
    ...(seconds > 0 && { runAt: new Date(Date.now() + seconds * 1000) }),
  })
}
