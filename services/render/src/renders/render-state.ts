import type { RenderState } from '@flatrender/contracts/render'

/** From each state those that may come next; an end has none. */
export const nextStates: Readonly<Record<RenderState, readonly RenderState[]>> = {
  // For a place among those of its account; one that has it at once begins with the next.
  queued: ['preparing', 'failed', 'cancelled'],
  // Media, compiling, the plan. Where all is rendered already, nothing is left but to assemble.
  preparing: ['rendering', 'assembling', 'failed', 'cancelled'],
  rendering: ['assembling', 'failed', 'cancelled'],
  // A segment may turn out to be lost just then.
  assembling: ['rendering', 'succeeded', 'failed', 'cancelled'],
  succeeded: [],
  failed: [],
  cancelled: [],
}

/** May a render go from one state to another? */
export function mayBecome(from: RenderState, to: RenderState): boolean {
  return nextStates[from].includes(to)
}

/** Is it over? */
export function hasEnded(state: RenderState): boolean {
  return nextStates[state].length === 0
}

/** The states from which one may be reached. */
export function statesBefore(to: RenderState): RenderState[] {
  return (Object.keys(nextStates) as RenderState[]).filter((from) => mayBecome(from, to))
}
