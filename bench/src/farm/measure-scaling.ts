import type { BenchEngine } from '../engine/bench-engine.ts'
import { median } from '../engine/median.ts'
import { assertSamePlan } from './assert-same-plan.ts'
import type { BenchFarm } from './open-bench-farm.ts'
import { writeStory } from './promo-story.ts'
import { renderAlone } from './render-alone.ts'
import { renderOnFarm } from './render-on-farm.ts'

/** A minute of video by one node, by two, and by the engine alone with as many workers as two nodes; medians, seconds. */
export interface Scaling {
  readonly frames: number
  /** From first lease to last segment. */
  readonly one: number
  readonly two: number
  /** One ÷ two; 1.8 is wanted. */
  readonly scale: number
  /** Of the engine's painting; and of all of it. */
  readonly alonePainting: number
  readonly aloneFinished: number
  /** Two nodes' first lease to last segment ÷ the engine's painting, and submit to playable ÷ all of it; 1.1 is wanted. */
  readonly paintingRatio: number
  readonly finishedRatio: number
}

const SECONDS = 60
const RESOLUTION = '720p'

/** Each round one after the other, with a video of its own. */
export async function measureScaling(
  { farm, engine, number }: { farm: BenchFarm; engine: BenchEngine; number: () => number },
  rounds: number,
): Promise<Scaling> {
  const runs: Scaling[] = []
  for (let round = 0; round < rounds; round++) {
    const wish = async () => ({ modifications: await writeStory(SECONDS, number()), resolution: RESOLUTION })
    await farm.work(1)
    const one = await renderOnFarm(farm, await wish())
    await farm.work(2)
    const same = await wish()
    const two = await renderOnFarm(farm, same)
    const alone = await renderAlone(engine, same)
    assertSamePlan(two, alone)
    const span = ({ leased, painted }: typeof one) => painted - leased
    runs.push({
      frames: alone.frames,
      one: span(one),
      two: span(two),
      scale: span(one) / span(two),
      alonePainting: alone.painting,
      aloneFinished: alone.finished,
      paintingRatio: span(two) / alone.painting,
      finishedRatio: two.playable / alone.finished,
    })
  }
  const middle = (pick: (run: Scaling) => number) => median(runs.map(pick))
  return {
    frames: runs[0]!.frames,
    one: middle(({ one }) => one),
    two: middle(({ two }) => two),
    scale: middle(({ scale }) => scale),
    alonePainting: middle(({ alonePainting }) => alonePainting),
    aloneFinished: middle(({ aloneFinished }) => aloneFinished),
    paintingRatio: middle(({ paintingRatio }) => paintingRatio),
    finishedRatio: middle(({ finishedRatio }) => finishedRatio),
  }
}
