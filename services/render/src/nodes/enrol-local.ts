import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { NodeDescription } from '@flatrender/contracts/node'
import { sql } from 'kysely'
import { tellAct } from '../acts/tell-act.ts'
import type { Render } from '../deps.ts'
import { checkVersion } from './check-version.ts'
import { findNodeByKey, insertEnrolled } from './nodes-system-store.ts'

/**
 * Makes the node that runs beside this service known, by its key; asked again, it is the same one. Where the name is another's
 * it gets a number. Errors: NODE_VERSION_REFUSED, NODE_UNKNOWN for one that was retired.
 */
export async function enrolLocal(
  render: Render,
  call: Call,
  input: { name: string; publicKey: string; description: NodeDescription },
): Promise<{ nodeId: string; name: string }> {
  checkVersion(render, input.description)
  const { tenantId } = call.actor
  const publicKey = Buffer.from(input.publicKey, 'base64url')
  return render.system.transact(async (transaction) => {
    // Two starts at once, of one folder or of two with one name.
    await sql`select pg_advisory_xact_lock(hashtextextended('render.enrol_local', 0))`.execute(transaction)
    const known = await findNodeByKey(transaction, publicKey)
    if (known?.state === 'retired') throw new FlatRenderError('NODE_UNKNOWN')
    if (known !== undefined) return { nodeId: known.id, name: known.name }
    const name = await chooseName(input.name, async (wanted) => {
      const { rows } = await sql`
        select from render.nodes where tenant_id = ${tenantId} and name = ${wanted}`.execute(transaction)
      return rows.length === 0
    })
    const { description } = input
    const nodeId = await insertEnrolled(transaction, { tenantId, name, publicKey, description })
    await render.emit(transaction, {
      type: 'render.node.enrolled',
      tenantId,
      subject: nodeId,
      data: { nodeId },
    })
    await tellAct(render, transaction, call, { action: 'node.enrolled', subject: nodeId, after: { name } })
    return { nodeId, name }
  })
}

async function chooseName(wanted: string, isFree: (name: string) => Promise<boolean>): Promise<string> {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted} ${number}`
    if (await isFree(name)) return name
  }
}
