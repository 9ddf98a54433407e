import type { NodeOrder } from '@flatrender/contracts/node'

/** Milliseconds before its end at which a job's worker counts as idle: so long a lease and its files may take. */
const AHEAD = 400

/** How fast a job goes. */
export interface Pace {
  /** Hears how many frames are done. */
  hear(done: number): void
  /** Will its worker be free in a moment, going by its pace so far? Of what has no frames nobody knows. */
  isEnding(): boolean
}

/** Opens the pace of a job that has not begun. `now` in milliseconds. */
export function openPace(order: NodeOrder, now: () => number = () => performance.now()): Pace {
  const frames =
    order.kind === 'frames' ? order.segments.reduce((sum, { from, to }) => sum + to - from, 0) : 0
  let first: { readonly done: number; readonly at: number } | undefined
  let last = { done: 0, at: 0 }
  return {
    hear(done) {
      last = { done, at: now() }
      // Before the first frame much is made ready.
      first ??= last
    },
    isEnding() {
      // The first frames tell little: they are often the quick ones.
      if (frames === 0 || first === undefined || last.done <= first.done || last.done * 2 < frames)
        return false
      const each = (last.at - first.at) / (last.done - first.done)
      return (frames - last.done) * each <= AHEAD
    },
  }
}
