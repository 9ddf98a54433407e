import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { answerOnce } from '@flatrender/platform/service'
import { tellAct } from '../acts/tell-act.ts'
import type { Render } from '../deps.ts'
import { assertOperator } from './assert-operator.ts'
import { describeNode } from './describe-node.ts'
import { hashEnrolmentToken, makeEnrolmentToken } from './enrolment-token.ts'
import { insertNode } from './nodes-store.ts'

/**
 * Makes a node, and the token that a machine becomes it by. Errors: NODES_NOT_YOURS, NODE_NAME_TAKEN, and those of asking
 * again with an `Idempotency-Key`.
 */
export async function createNode(render: Render, call: Call, input: { name: string }) {
  assertOperator(call)
  const { tenantId } = call.actor
  const once = { call, service: 'render', procedure: 'nodes.create', input, secretKeys: render.secretKeys }
  return render.database.transact(call.actor, (transaction) =>
    answerOnce(transaction, once, async () => {
      const token = makeEnrolmentToken()
      const row = await insertNode(transaction, {
        tenantId,
        name: input.name,
        hash: hashEnrolmentToken(token),
      })
      if (row === undefined) throw new FlatRenderError('NODE_NAME_TAKEN', { name: input.name })
      await render.emit(transaction, {
        type: 'render.node.created',
        tenantId,
        subject: row.id,
        data: { nodeId: row.id },
      })
      const after = { name: input.name }
      await tellAct(render, transaction, call, { action: 'node.created', subject: row.id, after })
      return {
        ...describeNode(row, 0),
        token,
        tokenExpiresAt: row.enrolment_expires_at!.toISOString(),
      }
    }),
  )
}
