import type { Render } from '../deps.ts'
import { findSilentFailing, updateUnreachable } from './nodes-system-store.ts'
import { quarantineNodes } from './quarantine-nodes.ts'

/**
 * Nodes of which nothing was heard are offline, and quarantined where that was so too often. Their leases run out by themselves:
 * the lease query counts that, and tells nobody.
 */
export async function findUnreachable(render: Render): Promise<void> {
  await render.system.ask((transaction) => updateUnreachable(transaction, render.config.silenceSeconds))
  const failing = await render.system.ask(findSilentFailing)
  if (failing.length > 0)
    await render.system.transact((transaction) => quarantineNodes(render, transaction, failing))
}
