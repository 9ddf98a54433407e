import type { NodeWish } from '@flatrender/contracts/node'

/** Milliseconds that a node takes no work after its disk was full: what others write may have gone by then. */
const REST = 60_000

/** Says whether a node takes work now. */
export interface Gate {
  /** Does it? Not while it leaves, the server wants otherwise, somebody uses the machine, or its disk is full. */
  isOpen(): boolean
  /** Hears what the server wants. */
  hear(wish: NodeWish): void
  /** Takes no work for a while. */
  rest(): void
  /** Takes no work any more. */
  leave(): void
}

/** What else decides, and who hears of changes. */
export interface GateOptions {
  /** Is the machine free for work? */
  readonly isFree: () => boolean
  /** Hears that something changed. */
  readonly onChange: () => void
  /** Hears of another wish. */
  readonly onWish: (wish: NodeWish) => void
}

/** Opens the gate of a node that was told nothing yet. */
export function openGate({ isFree, onChange, onWish }: GateOptions): Gate {
  let wanted: NodeWish = 'work'
  let restUntil = 0
  let leaving = false
  return {
    isOpen: () => !leaving && wanted === 'work' && performance.now() >= restUntil && isFree(),
    hear(wish) {
      if (wish === wanted) return
      wanted = wish
      onWish(wish)
      onChange()
    },
    rest() {
      restUntil = performance.now() + REST
      setTimeout(onChange, REST).unref()
      onChange()
    },
    leave() {
      leaving = true
      onChange()
    },
  }
}
