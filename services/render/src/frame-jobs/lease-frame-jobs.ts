import type { Call } from '@flatrender/contracts/call'
import type { LeasedJob, NodeWish } from '@flatrender/contracts/node'
import type { Render } from '../deps.ts'
import type { WholeNodeRow } from '../nodes/nodes-system-store.ts'
import { requireNode } from '../nodes/require-node.ts'
import { wishOf } from '../nodes/wish-of.ts'
import { describeOrder } from './describe-order.ts'
import type { LeasedRow } from './frame-jobs-system-store.ts'
import { lookNowAndThen } from './look-after-leases.ts'
import { refuseOrders } from './refuse-orders.ts'

/**
 * Leases jobs to the node that asks, as soon as there are any; after `waitSeconds` none. One that drains, is paused or
 * quarantined gets none, and is told at once; what became of it while it waited in vain, at the end. Errors: NODE_UNKNOWN.
 */
export async function leaseFrameJobs(
  render: Render,
  call: Call,
  { want, memoryBytes, waitSeconds }: { want: number; memoryBytes: number; waitSeconds: number },
  signal?: AbortSignal,
): Promise<{ jobs: LeasedJob[]; wish: NodeWish }> {
  const node = await requireWorking(render, call)
  const wish = wishOf(node)
  if (wish !== 'work') return { jobs: [], wish }
  await lookNowAndThen(render)
  const rows = await render.leases.lease(
    { nodeTenantId: node.tenant_id, nodeId: node.id, want, memoryBytes },
    waitSeconds,
    signal,
  )
  if (rows.length === 0 && waitSeconds > 0 && signal?.aborted !== true)
    return { jobs: [], wish: wishOf(await requireAnew(render, call, node)) }
  const jobs: LeasedJob[] = []
  const broken: { row: LeasedRow; error: unknown }[] = []
  for (const row of rows) {
    try {
      const { tenantId, id: jobId, fence, kind, attempt } = row
      const order = await describeOrder(render.storage, row.input, fence)
      jobs.push({ tenantId, jobId, fence, kind, attempt, leaseSeconds: render.config.leaseSeconds, order })
    } catch (error) {
      broken.push({ row, error })
    }
  }
  // A job that can't be told would be leased again and again: it ends here, and the others go out.
  if (broken.length > 0) await refuseOrders(render, node.id, broken)
  return { jobs, wish }
}

/** The node that asks. One that may do nothing is looked up anew: another server may have heard that it works again. */
async function requireWorking(render: Render, call: Call): Promise<WholeNodeRow> {
  const node = await requireNode(render, call)
  return wishOf(node) === 'work' ? node : requireAnew(render, call, node)
}

/** The node as it is now, whatever was known of it. Errors: NODE_UNKNOWN. */
function requireAnew(render: Render, call: Call, { id }: WholeNodeRow): Promise<WholeNodeRow> {
  render.knownNodes.forget(id)
  return requireNode(render, call)
}
