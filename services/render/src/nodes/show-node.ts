import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Render } from '../deps.ts'
import { assertOperator } from './assert-operator.ts'
import { describeCrash, describeHealth } from './describe-health.ts'
import { describeNode } from './describe-node.ts'
import { findCrashes, findHealth, findNode } from './nodes-store.ts'
import { countRunning } from './running-system-store.ts'

/** How many signs of life, and how many crashes, are shown. */
const SHOWN = { health: 60, crashes: 20 }

/** A node with what it last said of its machine, and what died on it. Errors: NODE_NOT_FOUND, NODES_NOT_YOURS. */
export async function showNode(render: Render, call: Call, { id: nodeId }: { id: string }) {
  assertOperator(call)
  const { tenantId } = call.actor
  const { row, health, crashes } = await render.database.transact(call.actor, async (transaction) => {
    const row = await findNode(transaction, { tenantId, nodeId })
    if (row === undefined) throw new FlatRenderError('NODE_NOT_FOUND', { node: nodeId })
    return {
      row,
      health: await findHealth(transaction, { tenantId, nodeId }, SHOWN.health),
      crashes: await findCrashes(transaction, { tenantId, nodeId }, SHOWN.crashes),
    }
  })
  const running = await render.system.transact((transaction) => countRunning(transaction, [nodeId]))
  return {
    ...describeNode(row, running.get(nodeId) ?? 0),
    health: health.map(describeHealth),
    crashes: crashes.map(describeCrash),
  }
}
