import type { Render } from '../deps.ts'
import { updateUnreachable } from './nodes-system-store.ts'

/** Nodes of which nothing was heard are offline. Their leases run out by themselves. Gives how many. */
export const findUnreachable = (render: Render): Promise<number> =>
  render.system.ask((transaction) => updateUnreachable(transaction, render.config.silenceSeconds))
