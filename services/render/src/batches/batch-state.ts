import type { BatchState } from '@flatrender/contracts/render'

/** From each state those that may come next; an end has none. */
const nextStates: Readonly<Record<BatchState, readonly BatchState[]>> = {
  examining: ['placing', 'cancelling', 'failed'],
  placing: ['running', 'cancelling'],
  running: ['cancelling', 'succeeded', 'failed'],
  cancelling: ['cancelled'],
  succeeded: [],
  failed: [],
  cancelled: [],
}

/** Is it over? */
export function isOver(state: BatchState): boolean {
  return nextStates[state].length === 0
}

/** The states from which one may be reached. */
export function batchStatesBefore(to: BatchState): BatchState[] {
  return (Object.keys(nextStates) as BatchState[]).filter((from) => nextStates[from].includes(to))
}

/** How a batch ends none of whose rows is left to be done: it has succeeded if any video of it is there. */
export function endOf(
  state: BatchState,
  { succeeded }: { readonly succeeded: number },
): 'succeeded' | 'failed' | 'cancelled' {
  if (state === 'cancelling') return 'cancelled'
  return succeeded > 0 ? 'succeeded' : 'failed'
}
