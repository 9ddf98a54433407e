import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { tellAct } from '../acts/tell-act.ts'
import type { Render } from '../deps.ts'
import { findHeldBy } from '../frame-jobs/frame-jobs-system-store.ts'
import { releaseFrameJobs } from '../frame-jobs/release-frame-jobs.ts'
import { assertOperator } from './assert-operator.ts'
import { describeNode } from './describe-node.ts'
import { findNode, type NodeRow, updateNodeState } from './nodes-store.ts'
import { countRunning } from './running-system-store.ts'

/** What may be done to a node by who runs the installation. */
export type NodeAct = 'drain' | 'pause' | 'resume' | 'retire'

const reachable = ['offline', 'online', 'draining', 'paused'] as const

/** From which states an act leads, where, and what is wished from then on. One that is offline stays so until it is heard of. */
const acts: Readonly<
  Record<
    NodeAct,
    { from: readonly NodeRow['state'][]; to: NodeRow['state']; wish: NodeRow['wish']; wanted: string }
  >
> = {
  drain: { from: reachable, to: 'draining', wish: 'drain', wanted: 'drained' },
  pause: { from: reachable, to: 'paused', wish: 'pause', wanted: 'paused' },
  resume: { from: [...reachable, 'quarantined'], to: 'online', wish: 'work', wanted: 'resumed' },
  retire: { from: [...reachable, 'quarantined', 'retired'], to: 'retired', wish: 'pause', wanted: 'retired' },
}

/**
 * Drains, pauses, resumes or retires a node; done twice, it is done once. What a retired one holds goes to others at once.
 * Errors: NODE_NOT_FOUND, NODE_STATE_WRONG, NODES_NOT_YOURS.
 */
export async function changeNodeState(
  render: Render,
  call: Call,
  act: NodeAct,
  { id: nodeId }: { id: string },
) {
  assertOperator(call)
  const { tenantId } = call.actor
  const { from, to, wish, wanted } = acts[act]
  const row = await render.database.transact(call.actor, async (transaction) => {
    const present = await findNode(transaction, { tenantId, nodeId, lock: true })
    if (present === undefined) throw new FlatRenderError('NODE_NOT_FOUND', { node: nodeId })
    const { state } = present
    if (!from.includes(state) || (state === 'offline' && act !== 'retire' && present.enrolled_at === null))
      throw new FlatRenderError('NODE_STATE_WRONG', { node: nodeId, state, wanted })
    const next = state === 'offline' && act !== 'retire' ? state : to
    if (state === next && present.wish === wish) return present
    const changed = await updateNodeState(transaction, { tenantId, nodeId, state: next, wish })
    if (act === 'retire')
      await render.emit(transaction, {
        type: 'render.node.retired',
        tenantId,
        subject: nodeId,
        data: { nodeId },
      })
    const told = { action: `node.${wanted}`, subject: nodeId, before: { state, wish: present.wish } }
    await tellAct(render, transaction, call, told)
    return changed
  })
  render.knownNodes.forget(nodeId)
  if (act === 'retire') {
    const held = await render.system.transact((transaction) => findHeldBy(transaction, nodeId))
    const leases = held.map(({ tenantId: owner, id, fence }) => ({ tenantId: owner, jobId: id, fence }))
    await releaseFrameJobs(render, nodeId, leases, 'release')
  }
  render.leases.ring()
  const running = await render.system.transact((transaction) => countRunning(transaction, [nodeId]))
  return describeNode(row, running.get(nodeId) ?? 0)
}
