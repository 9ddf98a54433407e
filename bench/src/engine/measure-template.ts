import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { loadTemplate, prepareRender } from '@flatrender/engine-render'
import { openBenchEngine } from './bench-engine.ts'
import { root } from './bench-files.ts'
import { median } from './median.ts'
import { timed } from './timed.ts'

/** The starter templates. */
export const templateNames = ['logo-reveal', 'kinetic-quote', 'product-promo', 'story-slides'] as const

/** A starter template rendered from nothing. */
export interface TemplateMeasurement {
  readonly template: string
  readonly frames: number
  readonly framesPerSecond: number
  /** Seconds of video rendered in a second. */
  readonly realTime: number
  readonly peakRssMegabytes: number
}

/** A starter template with its English sample, sound and transitions included, in its first format's own size. */
export async function measureTemplate(name: string, rounds: number): Promise<TemplateMeasurement> {
  const folder = path.join(root, 'templates', name)
  const template = await loadTemplate(folder)
  const data = path.join(folder, 'data/en.json')
  const modifications: unknown = JSON.parse(await readFile(data, 'utf8'))
  const request = {
    template,
    modifications,
    mediaFolder: path.dirname(data),
    output: { container: 'mp4', codec: 'h264' } as const,
  }
  const speeds: number[] = []
  let [frames, rate, rss] = [0, 30, 0]
  for (let round = 0; round < rounds; round++) {
    const engine = await openBenchEngine()
    try {
      await engine.render(
        await prepareRender(
          { ...request, output: { ...request.output, resolution: '180p' }, range: [0, 4] },
          engine,
        ),
      )
      const { seconds, result } = await timed(async () => {
        const prepared = await prepareRender(request, engine)
        rate = prepared.plan.settings.fps.num / prepared.plan.settings.fps.den
        return engine.render(prepared)
      })
      frames = result.frames
      rss = Math.max(rss, result.peakRss)
      speeds.push(result.frames / seconds)
    } finally {
      await engine.close()
    }
  }
  const framesPerSecond = median(speeds)
  return {
    template: name,
    frames,
    framesPerSecond,
    realTime: framesPerSecond / rate,
    peakRssMegabytes: rss / 1e6,
  }
}
