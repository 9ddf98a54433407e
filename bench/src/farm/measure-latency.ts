import { setTimeout } from 'node:timers/promises'
import type { BenchEngine } from '../engine/bench-engine.ts'
import { median } from '../engine/median.ts'
import { assertSamePlan } from './assert-same-plan.ts'
import type { BenchFarm } from './open-bench-farm.ts'
import { writeStory } from './promo-story.ts'
import { renderAlone } from './render-alone.ts'
import { renderOnFarm } from './render-on-farm.ts'

/** Ten seconds of video, by two idle nodes and by the engine alone; medians. */
export interface Latency {
  readonly videos: number
  /** From the request to the first lease; 100 is wanted. */
  readonly leaseMilliseconds: number
  /** From the request to the first bytes of the video, seconds. */
  readonly playable: number
  readonly alone: number
  /** Playable ÷ alone; 1.15 is wanted. */
  readonly playableRatio: number
}

const SECONDS = 10
const RESOLUTION = '720p'
/** Videos in a round. */
const VIDEOS = 3

/** Milliseconds in which what was under way comes to rest: nodes are idle then, and so is the machine. */
const REST = 1_000

/** Farm and engine by turns, each pair with a video of its own. */
export async function measureLatency(
  { farm, engine, number }: { farm: BenchFarm; engine: BenchEngine; number: () => number },
  rounds: number,
): Promise<Latency> {
  await farm.work(2)
  const runs: { leased: number; playable: number; alone: number }[] = []
  for (let video = 0; video < rounds * VIDEOS; video++) {
    const wish = { modifications: await writeStory(SECONDS, number()), resolution: RESOLUTION }
    await setTimeout(REST)
    const made = await renderOnFarm(farm, wish)
    await setTimeout(REST)
    const alone = await renderAlone(engine, wish)
    assertSamePlan(made, alone)
    runs.push({ ...made, alone: alone.finished })
  }
  return {
    videos: runs.length,
    leaseMilliseconds: median(runs.map(({ leased }) => leased * 1000)),
    playable: median(runs.map(({ playable }) => playable)),
    alone: median(runs.map(({ alone }) => alone)),
    playableRatio: median(runs.map(({ playable, alone }) => playable / alone)),
  }
}
