import { asSystem, type Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { NodeDescription } from '@flatrender/contracts/node'
import { tellAct } from '../acts/tell-act.ts'
import type { Render } from '../deps.ts'
import { checkVersion } from './check-version.ts'
import { hashEnrolmentToken } from './enrolment-token.ts'
import { findNodeByKey, findNodeByToken, updateEnrolled } from './nodes-system-store.ts'

/**
 * Makes a machine a node, once for each token; its key says from now on who it is. The same token with the same key gets the
 * same answer. Errors: NODE_ENROLMENT_REFUSED, NODE_VERSION_REFUSED.
 */
export async function enrolNode(
  render: Render,
  call: Call,
  input: { token: string; publicKey: string; description: NodeDescription },
): Promise<{ nodeId: string; name: string }> {
  checkVersion(render, input.description)
  const publicKey = Buffer.from(input.publicKey, 'base64url')
  const enrolled = await render.system.transact(async (transaction) => {
    const node = await findNodeByToken(transaction, hashEnrolmentToken(input.token))
    if (node === undefined || node.state === 'retired') throw new FlatRenderError('NODE_ENROLMENT_REFUSED')
    const { id: nodeId, name, tenant_id: tenantId } = node
    if (node.public_key !== null) {
      if (!node.public_key.equals(publicKey)) throw new FlatRenderError('NODE_ENROLMENT_REFUSED')
      return { nodeId, name }
    }
    const taken = (await findNodeByKey(transaction, publicKey)) !== undefined
    if (node.expired || taken) throw new FlatRenderError('NODE_ENROLMENT_REFUSED')
    await updateEnrolled(transaction, nodeId, { publicKey, description: input.description })
    await render.emit(transaction, {
      type: 'render.node.enrolled',
      tenantId,
      subject: nodeId,
      data: { nodeId },
    })
    // Whoever has the token is nobody yet; where they were is what is known.
    const by = { ...call, actor: { ...asSystem(call).actor, tenantId } }
    await tellAct(render, transaction, by, { action: 'node.enrolled', subject: nodeId, after: { name } })
    return { nodeId, name }
  })
  render.knownNodes.forget(enrolled.nodeId)
  return enrolled
}
