import type { JobKind } from '@flatrender/contracts/node'
import { takeAssembled } from '../exports/take-assembled.ts'
import { takeProbes } from '../inputs/take-probes.ts'
import { takeFrames } from '../segments/take-frames.ts'
import { takeSnapshots } from '../snapshots/take-snapshots.ts'
import type { Outcome } from './outcome.ts'

/** What follows, by kind; of a kind that isn't here nothing does. */
export const outcomes: Partial<Record<JobKind, Outcome>> = {
  frames: takeFrames,
  probe: takeProbes,
  sound: takeFrames,
  assemble: takeAssembled,
  snapshot: takeSnapshots,
}
