import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { tellAct } from '../acts/tell-act.ts'
import type { Render } from '../deps.ts'
import { describeOrder } from '../frame-jobs/describe-order.ts'
import { assertOperator } from '../nodes/assert-operator.ts'
import { describeCrash } from '../nodes/describe-health.ts'
import { findCrash } from './crashes-store.ts'

/** A crash with the order that reproduces it, which nothing can be put by. Errors: CRASH_NOT_FOUND, NODES_NOT_YOURS. */
export async function showCrash(render: Render, call: Call, { id }: { id: string }) {
  assertOperator(call)
  const { tenantId } = call.actor
  const crash = await render.database.transact(call.actor, async (transaction) => {
    const found = await findCrash(transaction, { tenantId, crashId: id })
    if (found === undefined) throw new FlatRenderError('CRASH_NOT_FOUND', { crash: id })
    // The order opens files of whoever it was for.
    const after = { jobTenantId: found.job_tenant_id, frameJobId: found.frame_job_id }
    await tellAct(render, transaction, call, { action: 'crash.replayed', subject: id, after })
    return found
  })
  // What a replay makes is nobody's: it goes nowhere.
  const order = await describeOrder(render.storage, crash.replay, null)
  return { ...describeCrash(crash), nodeId: crash.node_id, order }
}
