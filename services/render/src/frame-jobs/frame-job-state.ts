/** Where a frame job stands. `resting`: pending, but not before a moment, after a failed attempt. */
export const frameJobStates = [
  'pending',
  'resting',
  'leased',
  'verified',
  'cached',
  'failed',
  'cancelled',
] as const
export type FrameJobState = (typeof frameJobStates)[number]

/** What happens to one. */
export type FrameJobEvent =
  | 'lease'
  | 'complete'
  | 'fail'
  | 'release'
  | 'expire'
  | 'wake'
  | 'forsake'
  | 'cancel'
  | 'find'

/** What decides where an attempt that came to nothing leads. */
export interface FrameJobCircumstances {
  /** Attempts that came to nothing, this one among them. */
  readonly attempts: number
  /** Would another attempt, elsewhere, perhaps end better? */
  readonly retryable: boolean
  /** Who still wants it. */
  readonly waiters: number
}

/** So many attempts there are in all. */
export const MOST_ATTEMPTS = 3

const afterAttempt =
  (again: FrameJobState) =>
  ({ attempts, retryable, waiters }: FrameJobCircumstances): FrameJobState => {
    if (waiters === 0) return 'cancelled'
    return retryable && attempts < MOST_ATTEMPTS ? again : 'failed'
  }

/** The table: from a state, by an event, to a state. What isn't here can't happen. */
const frameJobTransitions: {
  readonly [State in FrameJobState]?: {
    readonly [Event in FrameJobEvent]?: (circumstances: FrameJobCircumstances) => FrameJobState
  }
} = {
  pending: {
    lease: () => 'leased',
    // Another render painted the same segments in the meantime.
    find: () => 'cached',
    forsake: () => 'cancelled',
    cancel: () => 'cancelled',
  },
  resting: {
    wake: () => 'pending',
    find: () => 'cached',
    forsake: () => 'cancelled',
    cancel: () => 'cancelled',
  },
  leased: {
    complete: () => 'verified',
    fail: afterAttempt('resting'),
    expire: afterAttempt('pending'),
    release: ({ waiters }) => (waiters === 0 ? 'cancelled' : 'pending'),
    // Whoever has begun goes on: what comes of it is kept for others.
    forsake: () => 'leased',
    cancel: () => 'cancelled',
  },
}

/** Where an event leads; undefined where it can't happen. */
export function nextState(
  state: FrameJobState,
  event: FrameJobEvent,
  circumstances: FrameJobCircumstances,
): FrameJobState | undefined {
  return frameJobTransitions[state]?.[event]?.(circumstances)
}
