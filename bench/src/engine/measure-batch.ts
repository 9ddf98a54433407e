import path from 'node:path'
import { loadTemplate, prepareRender, renderBatch } from '@flatrender/engine-render'
import { openBenchEngine, workers } from './bench-engine.ts'
import { root } from './bench-files.ts'
import { timed } from './timed.ts'

/** What a batch took that differs in one scene of six. */
export interface BatchMeasurement {
  readonly rows: number
  readonly frames: number
  readonly distinctFrames: number
  readonly seconds: number
  /** Distinct frames a second of the batch ÷ frames a second of one video alone; 0.75 is wanted. */
  readonly batchRatio: number
}

const TEMPLATE = path.join(root, 'templates/product-promo')
const ROWS = 50
const SCENES = 6
const SCENE_SECONDS = 4

/** Fifty videos of six equal scenes that differ in one, against one such video alone. */
export async function measureBatch(): Promise<BatchMeasurement> {
  const template = await loadTemplate(TEMPLATE)
  const output = { container: 'mp4', codec: 'h264', resolution: '360p' } as const
  const scenes = Array.from({ length: SCENES }, () => ({
    scene: 'points',
    duration: SCENE_SECONDS,
    transition: 'cut',
  }))
  const request = { template, modifications: { scenes }, mediaFolder: TEMPLATE, output }
  const engine = await openBenchEngine()
  try {
    // Warm, with other words; then the yardstick: a video all of whose frames are new.
    const alone = (title: string) =>
      prepareRender(
        {
          ...request,
          values: Object.fromEntries(
            scenes.map((_, index) => [`points#${index + 1}.title`, `${title} ${index}`]),
          ),
        },
        engine,
      )
    await engine.render(await alone('Warm'))
    const single = await timed(async () => engine.render(await alone('Alone')))
    const yardstick = single.result.painted / single.seconds
    const rows = Array.from({ length: ROWS }, (_, index) => ({
      row: index + 1,
      output: path.join(engine.folder, `${index}.mp4`),
      values: { 'points#3.title': `Row ${index}` },
    }))
    const { workspace, pool } = engine
    const { seconds, result: outcomes } = await timed(() =>
      renderBatch(rows, request, {
        workspace,
        pool,
        workers,
        cacheLimit: 50e9,
        verify: 'key',
        signal: new AbortController().signal,
        onRow: () => {},
        onProgress: () => {},
      }),
    )
    const results = outcomes.map((outcome) => {
      if ('result' in outcome) return outcome.result
      throw outcome.errors[0]
    })
    const sum = (pick: (result: (typeof results)[number]) => number) =>
      results.reduce((total, result) => total + pick(result), 0)
    const distinctFrames = sum(({ painted }) => painted)
    return {
      rows: ROWS,
      frames: sum(({ frames }) => frames),
      distinctFrames,
      seconds,
      batchRatio: distinctFrames / seconds / yardstick,
    }
  } finally {
    await engine.close()
  }
}
