import { loadTemplate, prepareRender } from '@flatrender/engine-render'
import type { BenchEngine } from '../engine/bench-engine.ts'
import { PROMO } from './promo-story.ts'
import type { Wish } from './render-on-farm.ts'

/** How the engine alone made a video; seconds since it was asked, its template being open. */
export interface AloneRun {
  /** Of painting alone. */
  readonly painting: number
  /** Until the file was there. */
  readonly finished: number
  readonly frames: number
  readonly keys: readonly string[]
}

/** Makes the video as `flatrender render` does, with warm workers and nothing in the cache. */
export async function renderAlone(
  engine: BenchEngine,
  { modifications, resolution }: Wish,
): Promise<AloneRun> {
  const template = await loadTemplate(PROMO)
  await engine.forget()
  const begun = performance.now()
  const output = { container: 'mp4', codec: 'h264', resolution } as const
  const prepared = await prepareRender({ template, modifications, mediaFolder: PROMO, output }, engine)
  let painting = 0
  await engine.render(prepared, ({ stage, seconds }) => {
    if (stage === 'painting') painting = seconds
  })
  return {
    painting,
    finished: (performance.now() - begun) / 1000,
    frames: prepared.plan.frames,
    keys: [...new Set(prepared.plan.segments.map(({ key }) => key))].sort(),
  }
}
