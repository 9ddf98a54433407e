import type { SystemTransaction } from '@flatrender/platform/db'
import type { Render } from '../deps.ts'
import { lockFrameJobs } from '../frame-jobs/frame-jobs-system-store.ts'
import type { EndedFrameJob } from '../frame-jobs/new-frame-job.ts'
import { quarantineOdd } from '../nodes/nodes-system-store.ts'
import { tellQuarantine } from '../nodes/tell-quarantine.ts'
import type { Tables } from '../tables.ts'
import { queueSpotJob } from './queue-spot-job.ts'
import {
  areAlike,
  lockSpotCheck,
  loseSegment,
  type SpotCheckRow,
  updateClosed,
  updateCompared,
} from './spot-checks-system-store.ts'
import { readSpotCheck } from './spot-order.ts'

/**
 * Compares what a second node painted with what the first did. A difference opens a case: a third node tells which of the two
 * is odd, and that one is quarantined; what it painted is kept no more.
 */
export async function settleSpotChecks(
  render: Render,
  transaction: SystemTransaction<Tables>,
  ended: readonly EndedFrameJob[],
): Promise<void> {
  for (const job of ended) {
    const asked = readSpotCheck(job.input)!
    const check = await lockSpotCheck(transaction, { tenantId: job.tenantId, id: asked.id })
    if (check === undefined) continue
    const painted = await readPainted(transaction, check, job)
    if (asked.turn === 2) await compare(transaction, check, job, painted)
    else await decide(render, transaction, check, painted)
  }
}

interface Painted {
  readonly nodeId: string
  readonly hash: string
}

/** What another node of the same kind painted; undefined where it came to nothing, or can't be compared bit by bit. */
async function readPainted(
  transaction: SystemTransaction<Tables>,
  { firstNodeId, secondNodeId }: SpotCheckRow,
  { nodeId, outcome }: EndedFrameJob,
): Promise<Painted | undefined> {
  if (outcome.state !== 'verified' || outcome.result.kind !== 'frames' || nodeId === null) return undefined
  if (nodeId === firstNodeId || nodeId === secondNodeId) return undefined
  if (!(await areAlike(transaction, [firstNodeId, nodeId]))) return undefined
  return { nodeId, hash: outcome.result.segments[0]!.packets }
}

async function compare(
  transaction: SystemTransaction<Tables>,
  check: SpotCheckRow,
  job: EndedFrameJob,
  painted: Painted | undefined,
): Promise<void> {
  if (painted === undefined) return updateClosed(transaction, check, { abandoned: true })
  const same = check.firstHash.toString('hex') === painted.hash
  await updateCompared(transaction, check, { ...painted, outcome: same ? 'same' : 'different' })
  if (same) return
  const [row] = await lockFrameJobs(transaction, [job])
  const notFor = [check.firstNodeId, painted.nodeId]
  await queueSpotJob(transaction, row!, { id: check.id, turn: 3, notFor })
}

async function decide(
  render: Render,
  transaction: SystemTransaction<Tables>,
  check: SpotCheckRow,
  painted: Painted | undefined,
): Promise<void> {
  const { firstNodeId, secondNodeId, firstHash, secondHash } = check
  const odd =
    painted?.hash === firstHash.toString('hex')
      ? secondNodeId
      : painted?.hash === secondHash?.toString('hex')
        ? firstNodeId
        : null
  await updateClosed(transaction, check, { oddNodeId: painted === undefined ? null : odd })
  if (painted === undefined || odd === null) return
  if (odd === firstNodeId) await loseSegment(transaction, check)
  const quarantined = await quarantineOdd(transaction, odd)
  render.knownNodes.forget(odd)
  if (quarantined !== undefined) await tellQuarantine(render, transaction, { ...quarantined, nodeId: odd })
}
