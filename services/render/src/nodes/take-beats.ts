import type { HeldTemplate, Lease, NodeHealth, RunningLease } from '@flatrender/contracts/node'
import type { Render } from '../deps.ts'
import { findForgotten } from '../frame-jobs/forgotten-system-store.ts'
import { leaseOfNode, renewLeases } from '../frame-jobs/frame-jobs-system-store.ts'
import { retryDeadlocks } from '../frame-jobs/retry-deadlocks.ts'
import {
  deleteTemplates,
  insertHealth,
  updateSeen,
  upsertTemplates,
  type WholeNodeRow,
} from './nodes-system-store.ts'

/** What a node tells with a beat. */
export interface Beat {
  readonly tenantId: string
  readonly nodeId: string
  readonly address: string | null
  readonly health: NodeHealth
  readonly running: readonly RunningLease[]
  readonly takesWork: boolean
  readonly gained: readonly HeldTemplate[]
  readonly dropped: readonly string[]
}

/** What comes of it. */
export interface Beaten {
  readonly node: WholeNodeRow
  /** What the node says that it holds, and no longer does. */
  readonly lost: Lease[]
  /** What it holds, and doesn't name. */
  readonly forgotten: Lease[]
}

/** Takes beats of nodes in one transaction, each for itself. */
export async function takeBeats(render: Render, beats: readonly Beat[]): Promise<Beaten[]> {
  const { leaseSeconds, heartbeatSeconds } = render.config
  const running = beats.flatMap((beat) => beat.running.map((lease) => ({ ...lease, nodeId: beat.nodeId })))
  return retryDeadlocks(() =>
    render.system.transact(async (transaction) => {
      const kept = await renewLeases(transaction, running, leaseSeconds)
      const nodes = await updateSeen(transaction, beats)
      const findings = beats.map(({ tenantId, nodeId, health, running: held }) => ({
        tenantId,
        nodeId,
        state: nodes.get(nodeId)!.state,
        running: held.filter((lease) => kept.has(leaseOfNode({ ...lease, nodeId }))).length,
        health,
      }))
      await insertHealth(transaction, findings)
      for (const beat of beats) {
        await deleteTemplates(transaction, beat, beat.dropped)
        await upsertTemplates(transaction, beat, beat.gained)
      }
      const nodeIds = [...new Set(beats.map(({ nodeId }) => nodeId))]
      const forgotten = await findForgotten(transaction, nodeIds, { running, seconds: heartbeatSeconds })
      return beats.map(({ nodeId, running: held }) => ({
        node: nodes.get(nodeId)!,
        lost: held.filter((lease) => !kept.has(leaseOfNode({ ...lease, nodeId }))).map(nameOf),
        forgotten: forgotten.filter((lease) => lease.nodeId === nodeId).map(nameOf),
      }))
    }),
  )
}

const nameOf = ({ tenantId, jobId, fence }: Lease): Lease => ({ tenantId, jobId, fence })
