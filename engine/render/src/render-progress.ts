import type { PlannedSegment, RenderPlan } from '@flatrender/contracts/engine'

/** What a render is busy with, in this order. Sound is mixed while painting; its stage is the wait for it. */
export type RenderStage = 'painting' | 'sound' | 'assembling' | 'done'

/** Where a render stands. */
export interface RenderProgress {
  readonly stage: RenderStage
  readonly framesTotal: number
  /** Painted now. */
  readonly framesPainted: number
  /** Taken from the cache, or painted by another render meanwhile. */
  readonly framesCached: number
  /** Painted once more because they were found wrong. */
  readonly framesRepaired: number
  /** Since painting began. */
  readonly seconds: number
  /** Painted frames a second. */
  readonly framesPerSecond: number
  /** Seconds until the last frame, at this speed; undefined before anything can be said. */
  readonly secondsLeft: number | undefined
  /** Of the largest worker so far, bytes. */
  readonly peakRss: number
}

/** Counts what happens and tells it. */
export interface ProgressMeter {
  frame(segment: PlannedSegment, frame: number): void
  segment(segment: PlannedSegment, how: 'painted' | 'cached'): void
  repaired(segment: PlannedSegment): void
  memory(bytes: number): void
  enter(stage: RenderStage): void
  now(): RenderProgress
}

/** Counts frames and segments of a plan, and tells `onProgress` after each. */
export function createProgressMeter(
  plan: RenderPlan,
  onProgress: (progress: RenderProgress) => void,
): ProgressMeter {
  const begun = performance.now()
  // A segment that stands in the plan several times is painted once and counts as cached the other times.
  const times = new Map<string, number>()
  for (const { key } of plan.segments) times.set(key, (times.get(key) ?? 0) + 1)
  /** Segment key → frames done of those in hand. */
  const inHand = new Map<string, number>()
  let stage: RenderStage = 'painting'
  let painted = 0
  let cached = 0
  let repaired = 0
  let peakRss = 0
  const now = (): RenderProgress => {
    const seconds = (performance.now() - begun) / 1000
    const framesPainted = painted + [...inHand.values()].reduce((sum, frames) => sum + frames, 0)
    const framesPerSecond = seconds > 0 ? framesPainted / seconds : 0
    const left = plan.frames - framesPainted - cached
    const secondsLeft = stage === 'painting' && framesPerSecond > 0 ? left / framesPerSecond : undefined
    return {
      stage,
      framesTotal: plan.frames,
      framesPainted,
      framesCached: cached,
      framesRepaired: repaired,
      seconds,
      framesPerSecond,
      secondsLeft,
      peakRss,
    }
  }
  const tell = () => onProgress(now())
  return {
    frame({ key, from }, frame) {
      inHand.set(key, frame - from + 1)
      tell()
    },
    segment({ key, from, to }, how) {
      inHand.delete(key)
      const frames = to - from
      const repeats = (times.get(key) ?? 1) - 1
      if (how === 'painted') painted += frames
      else cached += frames
      cached += repeats * frames
      tell()
    },
    repaired({ key, from, to }) {
      // What is painted again was counted when it came the first time.
      inHand.delete(key)
      repaired += to - from
      tell()
    },
    memory(bytes) {
      peakRss = Math.max(peakRss, bytes)
    },
    enter(next) {
      stage = next
      tell()
    },
    now,
  }
}
