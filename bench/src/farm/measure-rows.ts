import { setTimeout } from 'node:timers/promises'
import { loadTemplate, prepareRender } from '@flatrender/engine-render'
import type { BenchEngine } from '../engine/bench-engine.ts'
import type { BenchFarm } from './open-bench-farm.ts'
import { PROMO, writeStory } from './promo-story.ts'

/** Videos that differ in one scene, submitted at once. */
export interface Rows {
  readonly rows: number
  readonly frames: number
  /** Frames that differ, as the engine's own plans say. */
  readonly distinct: number
  /** Frames that nodes painted, each as often as they did: just the distinct ones are wanted. */
  readonly painted: number
  readonly seconds: number
}

const ROWS = 50
const SECONDS = 24
const RESOLUTION = '180p'

/** Submits all rows at the same moment and waits for the last. */
export async function measureRows({
  farm,
  engine,
  number,
}: {
  farm: BenchFarm
  engine: BenchEngine
  number: () => number
}): Promise<Rows> {
  await farm.work(2)
  const story = await writeStory(SECONDS, number())
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const [first, second, ...others] = story.scenes ?? []
    const modifications = { ...second!.modifications, title: `Row ${row}` }
    return { ...story, scenes: [first!, { ...second!, modifications }, ...others] }
  })
  const template = await loadTemplate(PROMO)
  const segments = new Map<string, number>()
  let frames = 0
  for (const modifications of rows) {
    const output = { container: 'mp4', codec: 'h264', resolution: RESOLUTION } as const
    const { plan } = await prepareRender({ template, modifications, mediaFolder: PROMO, output }, engine)
    for (const { key, from, to } of plan.segments) segments.set(key, to - from)
    frames += plan.frames
  }
  const submitted = Date.now()
  const begun = performance.now()
  await Promise.all(
    rows.map((modifications) =>
      farm.ask('POST', '/renders', {
        template: 'product-promo',
        output: { container: 'mp4', codec: 'h264', resolution: RESOLUTION },
        lane: 'batch',
        modifications,
      }),
    ),
  )
  const query = `select count(*) filter (where state = 'succeeded')::int as succeeded,
      count(*) filter (where state in ('failed', 'cancelled'))::int as lost
    from render.render_jobs where created_at >= to_timestamp($1::float8 / 1000)`
  for (;;) {
    const [ended] = await farm.query<{ succeeded: number; lost: number }>(query, [submitted])
    if (ended!.lost > 0) throw new Error(`${ended!.lost} of ${ROWS} renders were lost`)
    if (ended!.succeeded === ROWS) break
    await setTimeout(250)
  }
  const seconds = (performance.now() - begun) / 1000
  // A job's fence counts its leases.
  const [work] = await farm.query<{ painted: number }>(
    `select sum(frames * fence)::int as painted from render.frame_jobs
    where kind = 'frames' and queued_at >= to_timestamp($1::float8 / 1000)`,
    [submitted],
  )
  const distinct = segments.values().reduce((sum, one) => sum + one, 0)
  return { rows: ROWS, frames, distinct, painted: work!.painted, seconds }
}
