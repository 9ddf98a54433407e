import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Render } from '../deps.ts'
import type { WholeNodeRow } from './nodes-system-store.ts'

/** The node that asks, as it was a moment ago. Errors: NODE_UNKNOWN for whoever is none, and for one that is retired. */
export async function requireNode(render: Render, call: Call): Promise<WholeNodeRow> {
  const { kind, id } = call.actor
  const node = kind === 'node' && id !== null ? await render.knownNodes.find(id) : undefined
  if (node === undefined || node.state === 'retired') throw new FlatRenderError('NODE_UNKNOWN')
  return node
}
