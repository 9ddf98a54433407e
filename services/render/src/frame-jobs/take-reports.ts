import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Render } from '../deps.ts'
import { requireNode } from '../nodes/require-node.ts'
import { type Report, reportAttempts } from './report-attempts.ts'

/** Takes one report of a node, of a result or a failure. Errors: LEASE_LOST, NODE_UNKNOWN. */
export async function reportOne(render: Render, call: Call, report: Report): Promise<Record<string, never>> {
  const node = await requireNode(render, call)
  const [lost] = await reportAttempts(render, node.id, [report])
  if (lost !== undefined) throw new FlatRenderError('LEASE_LOST', { job: lost.jobId, fence: lost.fence })
  return {}
}

/** Takes many at once, and says which were lost. Errors: NODE_UNKNOWN. */
export async function reportMany(render: Render, call: Call, { reports }: { reports: readonly Report[] }) {
  const node = await requireNode(render, call)
  return { lost: await reportAttempts(render, node.id, reports) }
}
