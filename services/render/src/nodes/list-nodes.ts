import type { Call } from '@flatrender/contracts/call'
import type { Render } from '../deps.ts'
import { assertOperator } from './assert-operator.ts'
import { describeNode } from './describe-node.ts'
import { findNodes } from './nodes-store.ts'
import { countRunning } from './running-system-store.ts'

/** Lists the farm’s nodes. Errors: NODES_NOT_YOURS. */
export async function listNodes(render: Render, call: Call) {
  assertOperator(call)
  const rows = await render.database.transact(call.actor, (transaction) =>
    findNodes(transaction, call.actor.tenantId),
  )
  const ids = rows.map(({ id }) => id)
  const running = await render.system.transact((transaction) => countRunning(transaction, ids))
  return { nodes: rows.map((row) => describeNode(row, running.get(row.id) ?? 0)) }
}
