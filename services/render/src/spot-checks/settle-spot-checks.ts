import { nodeResultSchema } from '@flatrender/contracts/node'
import type { SystemTransaction } from '@flatrender/platform/db'
import type { Render } from '../deps.ts'
import { findFrameJobs } from '../frame-jobs/frame-jobs-system-store.ts'
import type { EndedFrameJob } from '../frame-jobs/new-frame-job.ts'
import type { Tables } from '../tables.ts'
import { closeCase } from './close-case.ts'
import { fileOfTurn, queueCompareJob } from './queue-compare-job.ts'
import { queueSpotJob } from './queue-spot-job.ts'
import {
  areAlike,
  findCheckedFile,
  lockSpotCheck,
  type SpotCheckRow,
  updateClosed,
  updateCompared,
  updateSeen,
} from './spot-checks-system-store.ts'
import { readSpotCheck, type SpotInput } from './spot-order.ts'

/**
 * Compares what a second node painted with what the first did: by the hash of its packets where both run one build on one
 * architecture, else as pictures, which is a job of its own. A difference opens a case: a third node tells which of the two is
 * odd, if it agrees with one of them. That one is quarantined, and the segment is lost if it is the odd one's.
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
    if (job.kind === 'compare') await takeSeen(render, transaction, { check, asked, job })
    else if (asked.turn === 2) await takeSecond(render, transaction, { check, asked, job })
    else await takeThird(render, transaction, { check, asked, job })
  }
}

/** A spot check, and the job that brings it on. */
interface Step {
  readonly check: SpotCheckRow
  readonly asked: SpotInput
  readonly job: EndedFrameJob
}

/** What another node painted; undefined where it came to nothing. */
function readPainted({ check: { firstNodeId, secondNodeId }, job: { nodeId, outcome } }: Step) {
  if (outcome.state !== 'verified' || outcome.result.kind !== 'frames' || nodeId === null) return undefined
  if (nodeId === firstNodeId || nodeId === secondNodeId) return undefined
  const { packets: hash, frames } = outcome.result.segments[0]!
  return { nodeId, hash, frames, result: outcome.result }
}

async function takeSecond(render: Render, transaction: SystemTransaction<Tables>, step: Step): Promise<void> {
  const { check, job } = step
  const painted = readPainted(step)
  if (painted === undefined) return updateClosed(transaction, check, { abandoned: true })
  if (!(await areAlike(transaction, [check.firstNodeId, painted.nodeId]))) {
    const first = await findCheckedFile(transaction, check)
    if (first === undefined) return updateClosed(transaction, check, { abandoned: true })
    await updateCompared(transaction, check, { ...painted, outcome: 'pending' })
    const files = [first, fileOfTurn(check, 2, painted.result)!]
    const { tenantId, id } = check
    return queueCompareJob(transaction, { tenantId, id, turn: 2, second: job.id }, files, painted.frames)
  }
  const same = check.firstHash.toString('hex') === painted.hash
  await updateCompared(transaction, check, { ...painted, outcome: same ? 'same' : 'different' })
  if (!same) await askThird(render, transaction, check, { second: job.id, nodeId: painted.nodeId })
}

/** Asks a third node, by the order that the second had. */
async function askThird(
  render: Render,
  transaction: SystemTransaction<Tables>,
  check: SpotCheckRow,
  { second, nodeId }: { readonly second: string; readonly nodeId: string },
): Promise<void> {
  const [row] = await findFrameJobs(transaction, [{ tenantId: check.tenantId, id: second }])
  if (row === undefined) return updateClosed(transaction, check, {})
  const notFor = [check.firstNodeId, nodeId]
  await queueSpotJob(render, transaction, row, { id: check.id, turn: 3, second, notFor })
}

async function takeThird(render: Render, transaction: SystemTransaction<Tables>, step: Step): Promise<void> {
  const { check, asked } = step
  const { firstNodeId, secondNodeId, firstHash, secondHash } = check
  const painted = readPainted(step)
  if (painted === undefined || secondNodeId === null) return updateClosed(transaction, check, {})
  if (await areAlike(transaction, [firstNodeId, secondNodeId, painted.nodeId]))
    return closeCase(render, transaction, check, {
      first: painted.hash === firstHash.toString('hex'),
      second: painted.hash === secondHash?.toString('hex'),
    })
  const { tenantId, id } = check
  const [row] =
    asked.second === undefined ? [] : await findFrameJobs(transaction, [{ tenantId, id: asked.second }])
  const first = await findCheckedFile(transaction, check)
  const second = fileOfTurn(check, 2, nodeResultSchema.safeParse(row?.result).data ?? null)
  if (first === undefined || second === undefined) return updateClosed(transaction, check, {})
  const files = [first, second, fileOfTurn(check, 3, painted.result)!]
  await queueCompareJob(transaction, { tenantId, id, turn: 3 }, files, 2 * painted.frames)
}

/** Hears how far pictures are apart. */
async function takeSeen(
  render: Render,
  transaction: SystemTransaction<Tables>,
  { check, asked, job: { outcome } }: Step,
): Promise<void> {
  const beside =
    outcome.state === 'verified' && outcome.result.kind === 'compare' ? outcome.result.beside : []
  const [first, second] = beside
  if (asked.turn === 3) {
    if (first === undefined || second === undefined) return updateClosed(transaction, check, {})
    return closeCase(render, transaction, check, { first: first.same, second: second.same })
  }
  if (first === undefined) return updateClosed(transaction, check, { abandoned: true })
  await updateSeen(transaction, check, first)
  if (!first.same)
    await askThird(render, transaction, check, { second: asked.second!, nodeId: check.secondNodeId! })
}
