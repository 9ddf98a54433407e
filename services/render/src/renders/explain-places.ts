import type { Render } from '../deps.ts'
import { findPlaces, type QueuedPlace } from './places-system-store.ts'
import type { RenderName } from './render-name.ts'
import { secondsLeft } from './seconds-left.ts'

/** How long a render waits for others of its account. */
export interface Place {
  /** Among those of its account that wait, from 1. */
  readonly position: number
  /** Frame jobs of its account that are planned and go first. */
  readonly jobsBefore: number
  /** Until as many of them are done as must be; null where their pace tells nothing of it. */
  readonly expectedSeconds: number | null
}

/** Which of these renders wait until others of their account are done, and how long; nothing of one that has a place. */
export async function explainPlaces(
  { system }: Render,
  names: readonly RenderName[],
): Promise<ReadonlyMap<string, Place>> {
  if (names.length === 0) return new Map()
  const places = await system.ask((transaction) => findPlaces(transaction, names))
  return new Map(
    places.flatMap((place) => {
      const ends = countEnds(place)
      if (ends <= 0) return []
      const { renderId, position, jobsBefore } = place
      return [[renderId, { position, jobsBefore, expectedSeconds: untilEnded(place, ends) }] as const]
    }),
  )
}

/** How many renders must end before this one has a place. */
function countEnds({ runningCap, position, underWay }: QueuedPlace): number {
  return runningCap === null ? 0 : position - (runningCap - underWay.length)
}

function untilEnded({ underWay }: QueuedPlace, ends: number): number | null {
  const known = underWay.flatMap((row) => {
    // What is only to be joined is done in a moment.
    const left = row.state === 'assembling' ? 0 : secondsLeft(row)
    return left === null ? [] : [left]
  })
  return known.toSorted((a, b) => a - b)[ends - 1] ?? null
}
