import type { Call } from '@flatrender/contracts/call'
import type { HeldTemplate, Lease, NodeHealth, NodeWish, RunningLease } from '@flatrender/contracts/node'
import type { Render } from '../deps.ts'
import { findForgotten } from '../frame-jobs/forgotten-system-store.ts'
import { leaseName, renewLeases } from '../frame-jobs/frame-jobs-system-store.ts'
import { releaseFrameJobs } from '../frame-jobs/release-frame-jobs.ts'
import { deleteTemplates, insertHealth, updateSeen, upsertTemplates } from './nodes-system-store.ts'
import { requireNode } from './require-node.ts'
import { wishOf } from './wish-of.ts'

/**
 * A node's sign of life: renews what it holds, and says what of that is lost. What it was given a beat ago and doesn't name, it
 * never heard of: that goes to others. Errors: NODE_UNKNOWN.
 */
export async function beatNode(
  render: Render,
  call: Call,
  input: {
    health: NodeHealth
    running: readonly RunningLease[]
    gained: readonly HeldTemplate[]
    dropped: readonly string[]
  },
): Promise<{ lost: Lease[]; wish: NodeWish }> {
  const node = await requireNode(render, call)
  const named = { tenantId: node.tenant_id, nodeId: node.id }
  const { forgotten, ...answer } = await render.system.transact(async (transaction) => {
    const kept =
      input.running.length === 0
        ? new Set<string>()
        : await renewLeases(transaction, node.id, input.running, render.config.leaseSeconds)
    const state = await updateSeen(transaction, node.id, call.address)
    if (state !== node.state) render.knownNodes.forget(node.id)
    await insertHealth(transaction, { ...named, state, running: kept.size }, input.health)
    await deleteTemplates(transaction, named, input.dropped)
    await upsertTemplates(transaction, named, input.gained)
    const lost = input.running
      .filter((lease) => !kept.has(leaseName(lease)))
      .map(({ tenantId, jobId, fence }) => ({ tenantId, jobId, fence }))
    const { running } = input
    const forgotten = await findForgotten(transaction, node.id, {
      running,
      seconds: render.config.heartbeatSeconds,
    })
    return { lost, wish: wishOf(state), forgotten }
  })
  await releaseFrameJobs(render, node.id, forgotten, 'release')
  return answer
}
