import type { Call } from '@flatrender/contracts/call'
import type { HeldTemplate, NodeDescription } from '@flatrender/contracts/node'
import type { Render } from '../deps.ts'
import { findHeldBy } from '../frame-jobs/frame-jobs-system-store.ts'
import { releaseFrameJobs } from '../frame-jobs/release-frame-jobs.ts'
import { checkVersion } from './check-version.ts'
import { deleteTemplates, updateStarted, upsertTemplates } from './nodes-system-store.ts'
import { requireNode } from './require-node.ts'

/**
 * A node has started. What its former life held died with that, and goes to others at once; each is an attempt, for it may be
 * what killed it, and one death of the node. Errors: NODE_UNKNOWN, NODE_VERSION_REFUSED.
 */
export async function startNode(
  render: Render,
  call: Call,
  { description, templates }: { description: NodeDescription; templates: readonly HeldTemplate[] },
) {
  const node = await requireNode(render, call)
  checkVersion(render, description)
  const named = { tenantId: node.tenant_id, nodeId: node.id }
  const held = await render.system.transact((transaction) => findHeldBy(transaction, node.id))
  const leases = held.map(({ tenantId, id, fence }) => ({ tenantId, jobId: id, fence }))
  await releaseFrameJobs(render, node.id, leases, 'lose')
  // Last, for it ends the silence that some of these leases may have run out in: that is the same death.
  await render.system.transact(async (transaction) => {
    await updateStarted(transaction, node.id, description)
    await deleteTemplates(transaction, named, null)
    await upsertTemplates(transaction, named, templates)
  })
  render.knownNodes.forget(node.id)
  const { heartbeatSeconds, leaseSeconds } = render.config
  return { name: node.name, heartbeatSeconds, leaseSeconds }
}
