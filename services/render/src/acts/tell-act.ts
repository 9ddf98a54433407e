import type { Call } from '@flatrender/contracts/call'
import { describeAct, type NewAct } from '@flatrender/platform/service'
import type { Render } from '../deps.ts'
import type { AnyTransaction } from '../tables.ts'

/** Has the audit log of the actor's tenant hold what is done in this transaction. */
export async function tellAct(
  { emit, secretKeys }: Render,
  transaction: AnyTransaction,
  call: Call,
  act: NewAct,
): Promise<void> {
  await emit(transaction, {
    type: 'render.act.recorded',
    tenantId: call.actor.tenantId,
    subject: act.subject,
    data: { ...describeAct(call, act, secretKeys) },
  })
}
