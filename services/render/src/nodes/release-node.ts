import type { Call } from '@flatrender/contracts/call'
import type { Lease } from '@flatrender/contracts/node'
import type { Render } from '../deps.ts'
import { releaseFrameJobs } from '../frame-jobs/release-frame-jobs.ts'
import { updateGone } from './nodes-system-store.ts'
import { requireNode } from './require-node.ts'

/** A node gives back what it will not do; one that leaves is offline at once. Errors: NODE_UNKNOWN. */
export async function releaseNode(
  render: Render,
  call: Call,
  { leases, leaving }: { leases: readonly Lease[]; leaving: boolean },
): Promise<Record<string, never>> {
  const node = await requireNode(render, call)
  await releaseFrameJobs(render, node.id, leases, 'release')
  if (leaving) await render.system.transact((transaction) => updateGone(transaction, node.id))
  render.knownNodes.forget(node.id)
  return {}
}
