import type { Call } from '@flatrender/contracts/call'
import type { HeldTemplate, Lease, NodeHealth, NodeWish, RunningLease } from '@flatrender/contracts/node'
import type { Render } from '../deps.ts'
import { openGather } from '../frame-jobs/gather.ts'
import { releaseFrameJobs } from '../frame-jobs/release-frame-jobs.ts'
import { requireNode } from './require-node.ts'
import { type Beat, type Beaten, takeBeats } from './take-beats.ts'
import { wishOf } from './wish-of.ts'

/** Beats that are taken in one transaction, and milliseconds between two of them: nobody waits for a beat. */
const [TOGETHER, EVERY] = [64, 100]

const takers = new WeakMap<Render, (beat: Beat) => Promise<Beaten>>()

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
    takesWork: boolean
    gained: readonly HeldTemplate[]
    dropped: readonly string[]
  },
): Promise<{ lost: Lease[]; wish: NodeWish }> {
  const { tenant_id: tenantId, id: nodeId } = await requireNode(render, call)
  const { health, running, takesWork, gained, dropped } = input
  const { node, lost, forgotten } = await takerOf(render)({
    tenantId,
    nodeId,
    address: call.address,
    health,
    running,
    takesWork,
    gained,
    dropped,
  })
  render.knownNodes.keep(node)
  await releaseFrameJobs(render, nodeId, forgotten, 'release')
  return { lost, wish: wishOf(node) }
}

function takerOf(render: Render) {
  const known = takers.get(render)
  if (known !== undefined) return known
  const taker = openGather<Beat, Beaten>((beats) => takeBeats(render, beats), {
    atOnce: 1,
    most: TOGETHER,
    weigh: () => 1,
    every: EVERY,
  })
  takers.set(render, taker)
  return taker
}
