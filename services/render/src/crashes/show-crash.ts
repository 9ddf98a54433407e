import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Render } from '../deps.ts'
import { describeOrder } from '../frame-jobs/describe-order.ts'
import { assertOperator } from '../nodes/assert-operator.ts'
import { describeCrash } from '../nodes/describe-health.ts'
import { findCrash } from './crashes-store.ts'

/** A crash with the order that reproduces it, which nothing can be put by. Errors: CRASH_NOT_FOUND, NODES_NOT_YOURS. */
export async function showCrash(render: Render, call: Call, { id }: { id: string }) {
  assertOperator(call)
  const { tenantId } = call.actor
  const crash = await render.database.transact(call.actor, (transaction) =>
    findCrash(transaction, { tenantId, crashId: id }),
  )
  if (crash === undefined) throw new FlatRenderError('CRASH_NOT_FOUND', { crash: id })
  // What a replay makes is nobody's: it goes nowhere.
  const order = await describeOrder(render.storage, crash.replay, null)
  return { ...describeCrash(crash), nodeId: crash.node_id, order }
}
